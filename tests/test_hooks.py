import pickle
import sys
from pathlib import Path

import pytest

from govlint.document import Document, Knowledge, ReportKind
from govlint.engine import plugin_report
from govlint.hooks import PluginFailure, Plugins, describe
from govlint.hookspecs import Hooks
from govlint.rule import Rule, Severity
from govlint.source import Source
from tests.fakes import NUMBER, OTHER, WORD, finds, fixed, plugin, rules_plugin


def raising(*arguments):
    raise RuntimeError("broken")


def test_rules_of_all_plugins_are_joined_in_the_order_of_their_ids():
    plugins = Plugins([rules_plugin(WORD, name="b"), rules_plugin(OTHER, NUMBER, name="a")])
    assert [rule.id for rule in plugins.rules()] == ["numbers/number", "text/other", "text/word"]
    assert not plugins.failures


@pytest.mark.parametrize(
    "hook", [raising, lambda: [WORD, "no rule"], lambda: 3, lambda: exit(1)], ids=["raises", "wrong", "3", "exits"]
)
def test_a_broken_hook_does_not_stop_other_plugins(hook):
    plugins = Plugins([plugin("a", govlint_rules=hook), rules_plugin(OTHER, name="b")])
    assert OTHER in plugins.rules()
    assert [(failure.plugin, failure.doing) for failure in plugins.failures] == [("a", "govlint_rules")]
    assert "Traceback" in plugins.failures[0].traceback


def test_what_a_plugin_handed_over_before_it_broke_counts():
    plugins = Plugins([plugin("a", govlint_rules=lambda: [WORD, 3])])
    assert plugins.rules() == (WORD,)
    assert "handed over 3, not a Rule" in plugins.failures[0].error


def test_a_hook_that_does_not_exist_and_one_with_other_parameters_are_failures():
    def govlint_words(document):
        return ()

    plugins = Plugins(
        [plugin("a", govlint_rulez=lambda: ()), plugin("b", govlint_words=govlint_words), rules_plugin(WORD, name="c")]
    )
    assert [(failure.plugin, failure.doing) for failure in plugins.failures] == [("a", "register"), ("b", "register")]
    assert plugins.rules() == (WORD,)


@pytest.mark.parametrize("id_", ["Text/Word", "word", "text/wo rd", "text/", "govlint/word", "text/a/b"])
def test_a_rule_with_a_malformed_or_reserved_id_is_left_out(id_):
    plugins = Plugins([rules_plugin(Rule(id_, fixed(), Severity.INFO), WORD)])
    assert plugins.rules() == (WORD,)
    assert id_ in plugins.failures[0].error


def test_of_two_rules_with_one_id_the_first_stays():
    twin = Rule(WORD.id, finds("丁"), Severity.INFO)
    plugins = Plugins([rules_plugin(WORD, name="a"), rules_plugin(twin, name="b")])
    assert plugins.rules() == (WORD,)
    assert "two rules are called 'text/word'" in plugins.failures[0].error


def test_words_are_asked_once_and_only_when_they_are_read():
    asked = []

    def govlint_words():
        asked.append(1)
        return ["决算", "预算"]

    plugins = Plugins([plugin("a", govlint_words=govlint_words), plugin("b", govlint_words=lambda: ["绩效"])])
    knowledge = plugins.knowledge(words=("数据中心",))
    assert not asked
    assert list(knowledge.words()) == ["决算", "预算", "绩效", "数据中心"]
    assert list(plugins.knowledge().words()) == ["决算", "预算", "绩效"]
    assert asked == [1]


def test_the_same_arguments_give_the_same_knowledge():
    plugins = Plugins()
    assert plugins.knowledge("budget", ("词",)) is plugins.knowledge("budget", ("词",))
    assert plugins.knowledge("budget") is not plugins.knowledge()


def test_data_is_joined_by_name_and_read_lazily():
    asked = []

    def govlint_data(name):
        asked.append(name)
        return ["甲"] if name == "names" else ()

    plugins = Plugins(
        [plugin("a", govlint_data=govlint_data), plugin("b", govlint_data=lambda name: {"names": ["乙"]}.get(name, ()))]
    )
    data = plugins.knowledge().data
    assert not asked
    assert list(data["names"]) == ["甲", "乙"]
    assert list(data.get("other", ())) == []
    assert asked == ["names", "other"]


def test_a_form_that_cannot_be_read_is_a_failure_and_the_others_are_there(tmp_path: Path):
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text('kind = "budget"\nname = "预算"\n', encoding="utf-8")
    bad.write_text("kind = ", encoding="utf-8")
    plugins = Plugins([plugin("a", govlint_forms=lambda: [bad, good])])
    assert [form.kind for form in plugins.knowledge().data["govlint_forms"]] == ["budget"]
    assert "bad.toml" in plugins.failures[0].plugin


def test_kinds_are_known_to_documents():
    kind = ReportKind("budget", "预算", ("预算",))
    plugins = Plugins([plugin("a", govlint_kinds=lambda: [kind])])
    assert plugins.knowledge("budget") == plugins.knowledge("budget")
    assert plugins.knowledge("budget").kinds == (kind,)
    assert plugins.knowledge("budget").kind == "budget"


def test_the_first_plugin_that_knows_a_format_parses_and_a_failing_one_is_told():
    source = Source("a.x", "text")
    document = Document(source, "markdown", ())
    plugins = Plugins(
        [
            plugin("a", govlint_parse=lambda source: None),
            plugin("b", govlint_parse=raising_parser),
            plugin("c", govlint_parse=lambda source: "no document"),
            plugin("d", govlint_parse=lambda source, knowledge: document),
        ]
    )
    parsed, failures = plugins.parse(source, Knowledge())
    assert parsed is document
    assert [failure.plugin for failure in failures] == ["b", "c"]


def raising_parser(source):
    raise RuntimeError("broken")


def test_a_failure_is_told_once_however_often_it_happens():
    plugins = Plugins()
    failure = PluginFailure("a", "govlint_words", "error", "traceback")
    plugins.fail(failure)
    plugins.fail(PluginFailure("a", "govlint_words", "error", "another traceback"))
    assert plugins.failures == [failure]


def test_failures_become_a_report_of_their_own():
    plugins = Plugins([plugin("b", govlint_rulez=lambda: ()), plugin("a", govlint_rulez=lambda: ())])
    report = plugin_report(plugins)
    assert report is not None
    assert report.status == 2
    assert [diagnostic.rule for diagnostic in report.diagnostics] == ["govlint/plugin-failed"] * 2
    assert "插件 a 出错" in report.diagnostics[0].message
    assert "Traceback" in report.diagnostics[0].detail
    assert plugin_report(Plugins()) is None


def test_an_installed_plugin_that_fails_to_import_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, code in (("broken_plugin", "raise OSError('no library')"), ("exiting_plugin", "raise SystemExit(3)")):
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
    (tmp_path / "good_plugin.py").write_text(
        "from govlint.hookspecs import hookimpl\n\n@hookimpl\ndef govlint_words():\n    return ['特有词']\n",
        encoding="utf-8",
    )
    info = tmp_path / "somebody-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: somebody\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        "[govlint]\nx-broken = broken_plugin\nx-exiting = exiting_plugin\nx-missing = missing_plugin\nx-good = good_plugin\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    plugins = Plugins.installed()
    failed = {failure.plugin: failure.doing for failure in plugins.failures}
    assert failed == {
        "x-broken": "import broken_plugin",
        "x-exiting": "import exiting_plugin",
        "x-missing": "import missing_plugin",
    }
    assert "特有词" in plugins.knowledge().words()
    monkeypatch.delitem(sys.modules, "good_plugin")


def test_plugins_are_sent_to_another_process_by_name():
    sys.modules["fake_for_pickle"] = rules_plugin(WORD, name="fake_for_pickle")[1]
    try:
        plugins = Plugins([("fake", sys.modules["fake_for_pickle"]), plugin("b", govlint_rulez=lambda: ())])
        again = pickle.loads(pickle.dumps(plugins))
    finally:
        del sys.modules["fake_for_pickle"]
    assert again.rules() == (WORD,)
    assert again.failures == plugins.failures


def test_an_exception_is_described_in_one_line():
    assert describe(ValueError("first\nsecond")) == "ValueError: first"
    assert describe(ValueError()) == "ValueError"
    assert len(describe(ValueError("x" * 1000))) == 200


def test_every_hook_is_documented():
    hooks = {name: hook for name, hook in vars(Hooks).items() if name.startswith("govlint_")}
    assert hooks
    assert all(hook.__doc__ for hook in hooks.values())
