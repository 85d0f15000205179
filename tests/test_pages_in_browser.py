"""The pages in a real browser: Debian's Chromium without a window."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_pages import write

webdriver = pytest.importorskip("selenium.webdriver")

WIDE, NARROW = (1280, 900), (390, 844)
EXAMPLE = "faulty-final-accounts-2023.md"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser; the tests skip where there is none."""
    from selenium.webdriver.chrome.service import Service

    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("no chromium and chromedriver (Debian: apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"):
        options.add_argument(flag)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(driver))
    yield started
    started.quit()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    examples = Path(__file__).resolve().parent.parent / "examples"
    folder = tmp_path_factory.mktemp("pages")
    write(folder, *(examples / name for name in (EXAMPLE, "clean-annual-report-2024.html", "clean-budget-2024.html")))
    return folder


@pytest.fixture
def visit(browser: Any, folder: Path) -> Callable[..., Any]:
    """Open a page, by the end of its name, in a window of a size."""

    def go(name: str, size: tuple[int, int] = WIDE, fragment: str = "") -> Any:
        (path,) = folder.glob(f"*{name}")
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == NARROW},
        )
        browser.get("about:blank")
        browser.get_log("browser")
        browser.get(path.as_uri() + fragment)
        return browser

    return go


def find(browser: Any, selector: str) -> list[Any]:
    found: list[Any] = browser.find_elements("css selector", selector)
    return found


def shown(browser: Any, selector: str) -> list[Any]:
    return [element for element in find(browser, selector) if element.is_displayed()]


def press(browser: Any, keys: str) -> None:
    webdriver.ActionChains(browser).send_keys(keys).perform()


def click(browser: Any, element: Any) -> None:
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
@pytest.mark.parametrize("name", ["index.html", f"{EXAMPLE}.html", "clean-budget-2024.html.html"])
def test_a_page_fits_its_window_and_says_nothing_to_the_console(
    visit: Callable[..., Any], name: str, size: tuple[int, int]
):
    browser = visit(name, size)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]
    assert browser.get_log("browser") == []
    outside = [entry["message"] for entry in browser.get_log("performance") if '"url":"http' in entry["message"]]
    assert outside == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "390"])
def test_each_note_is_seen_beside_or_below_its_place(visit: Callable[..., Any], size: tuple[int, int]):
    browser = visit(f"{EXAMPLE}.html", size)
    boxes = browser.execute_script(
        """return [...document.querySelectorAll(".row.noted")].map(row => {
            const block = row.querySelector(".block").getBoundingClientRect();
            return [...row.querySelectorAll(".note")].map(note => {
                const box = note.getBoundingClientRect();
                return {wide: row.classList.contains("wide"), width: box.width, height: box.height,
                        right: box.left >= block.right, below: box.top >= block.bottom - 1, top: box.top - block.top,
                        inside: box.right <= innerWidth};
            });
        }).flat()"""
    )
    assert len(boxes) > 10
    for box in boxes:
        assert box["width"] > 150
        assert box["height"] > 20
        assert box["inside"]
        assert box["below"] if box["wide"] or size == NARROW else box["right"]
        assert box["top"] >= 0


def test_notes_do_not_lie_on_each_other(visit: Callable[..., Any]):
    browser = visit(f"{EXAMPLE}.html")
    boxes = browser.execute_script(
        """return [...document.querySelectorAll(".note, .row.wide > .block")].map(element => {
            const box = element.getBoundingClientRect();
            return [box.left, box.top, box.right, box.bottom];
        })"""
    )
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other_left, other_top, other_right, other_bottom in boxes[number + 1 :]:
            across = left < other_right - 1 and other_left < right - 1
            assert not (across and top < other_bottom - 1 and other_top < bottom - 1)


def test_the_keys_step_through_the_findings(visit: Callable[..., Any]):
    browser = visit(f"{EXAMPLE}.html")
    notes = [note.get_attribute("id") for note in find(browser, ".note")]
    for expected in (notes[0], notes[1], notes[2]):
        press(browser, "j")
        (current,) = find(browser, ".note.current")
        assert current.get_attribute("id") == expected
        focused = browser.switch_to.active_element
        assert current.get_attribute("data-f") in focused.get_attribute("data-i").split()
    box = browser.execute_script("return arguments[0].getBoundingClientRect().toJSON()", focused)
    assert 0 < box["top"] < WIDE[1]
    press(browser, "k")
    assert find(browser, ".note.current")[0].get_attribute("id") == notes[1]
    assert find(browser, "output")[0].text.startswith("2 / ")
    press(browser, "\ue00c")  # Escape
    assert not find(browser, ".current, .lit")


def test_a_click_on_a_number_lights_its_cells_up(visit: Callable[..., Any]):
    browser = visit(f"{EXAMPLE}.html")
    row = next(
        row for row in find(browser, "#ledger tr[data-n]") if "表" in row.get_attribute("textContent") and
        find(row, ".proof .holds a[data-p]")
    )  # fmt: skip
    (mark,) = find(browser, f".block a.n[data-i~={row.get_attribute('data-n')}]")[:1]
    click(browser, mark)
    lit = find(browser, "td.lit")
    assert lit
    (panel,) = shown(browser, "#panel")
    assert row.find_element("css selector", "td.num").get_attribute("textContent") in panel.text
    assert "=" in panel.text
    link = find(panel, "a[data-p]")[0]
    link.click()
    place = browser.execute_script("return document.querySelector(arguments[0])", link.get_attribute("hash"))
    top = browser.execute_script("return arguments[0].getBoundingClientRect().top", place)
    assert 0 <= top <= WIDE[1]
    press(browser, "\ue00c")
    assert not shown(browser, "#panel")
    assert not find(browser, ".lit")


def test_a_click_on_a_finding_shows_its_note_and_its_places(visit: Callable[..., Any]):
    browser = visit(f"{EXAMPLE}.html")
    note = next(note for note in find(browser, ".note") if find(note, ".evidence a"))
    (mark,) = find(browser, f".block a[data-i~={note.get_attribute('data-f')}]")[:1]
    click(browser, mark)
    assert "current" in note.get_attribute("class")
    assert len(find(browser, ".lit")) >= 1
    link = find(note, ".evidence a")[0]
    click(browser, link)
    assert browser.execute_script("return location.hash") == link.get_attribute("hash")


def test_findings_are_filtered_by_severity_family_and_rule(visit: Callable[..., Any]):
    browser = visit(f"{EXAMPLE}.html")
    every = len(find(browser, ".note"))
    errors = len(find(browser, ".note[data-s=error]"))
    click(browser, find(browser, "input[name=severity][value=error]")[0])
    assert len(shown(browser, ".note")) == every - errors
    assert not shown(browser, ".note[data-s=error]")
    assert not find(browser, ".block a[data-s=error]")
    click(browser, find(browser, "input[name=severity][value=error]")[0])
    family = find(browser, "input[name=family]")[0]
    click(browser, family)
    assert not shown(browser, f".note[data-family='{family.get_attribute('value')}']")
    click(browser, family)
    (option,) = find(browser, "select[name=rule] option:nth-child(2)")
    option.click()
    chosen = shown(browser, ".note")
    assert chosen
    assert {note.get_attribute("data-rule") for note in chosen} == {option.get_attribute("value")}
    assert find(browser, "output")[0].text == f"{len(chosen)} / {every}"
    before = len(shown(browser, ".row"))
    click(browser, find(browser, "input[name=only]")[0])
    assert len(shown(browser, ".row:not(.heading)")) < before
    assert len(shown(browser, ".note")) == len(chosen)


def test_the_index_is_sorted_and_filtered_and_leads_to_the_filtered_page(visit: Callable[..., Any]):
    browser = visit("index.html")
    assert len(shown(browser, "tbody tr[data-path]")) == 3
    (head,) = find(browser, "th[data-key=error]")
    find(head, "button")[0].click()
    counts = [int(cell.get_attribute("data-value")) for cell in find(browser, "td[data-key=error]")]
    assert counts == sorted(counts, reverse=True)
    assert head.get_attribute("aria-sort") == "descending"
    find(head, "button")[0].click()
    assert head.get_attribute("aria-sort") == "ascending"
    find(browser, "input[name=find]")[0].send_keys("annual")
    assert len(shown(browser, "tbody tr[data-path]")) == 1
    find(browser, "input[name=find]")[0].clear()
    (rule,) = find(browser, ".rules tbody tr:first-child button")
    click(browser, rule)
    rows = shown(browser, "tbody tr[data-path]")
    assert 1 <= len(rows) <= 3
    total = sum(int(cell.get_attribute("data-value")) for row in rows for cell in find(row, "td[data-s]"))
    assert f"({total})" in find(browser, "select[name=rule] option:checked")[0].text
    find(rows[0], "a")[0].click()
    notes = shown(browser, ".note")
    assert notes
    assert len({note.get_attribute("data-rule") for note in notes}) == 1
    find(browser, ".crumbs a")[0].click()
    assert browser.title == "报告检查结果"


def test_a_small_screen_sorts_by_a_list(visit: Callable[..., Any]):
    browser = visit("index.html", NARROW)
    (option,) = find(browser, "select[name=sort] option[value='error|true']")
    option.click()
    counts = [int(cell.get_attribute("data-value")) for cell in find(browser, "td[data-key=error]")]
    assert counts == sorted(counts, reverse=True)


def test_a_page_prints_with_its_notes(visit: Callable[..., Any]):
    browser = visit(f"{EXAMPLE}.html")
    data = base64.b64decode(browser.print_page())
    assert data.startswith(b"%PDF-")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not shown(browser, ".toolbar, footer")
        assert len(shown(browser, ".note")) == len(find(browser, ".note"))
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_without_scripts_links_lead_from_marks_to_notes_and_back(visit: Callable[..., Any]):
    browser = visit("index.html")
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser = visit(f"{EXAMPLE}.html")
        (mark,) = find(browser, ".block a.f")[:1]
        mark.click()
        assert browser.current_url.endswith("#note-f1")
        find(browser, "#note-f1 .where")[0].click()
        assert browser.current_url.endswith("#f1")
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
