"""The word rules of the text pack: traps that pass, slips that are found, the packs' own data."""

from random import Random

import pytest
from govlint_text import govlint_rules
from govlint_text._vocabulary import field_words
from govlint_text.missing_character import dropped_characters, matcher

from govlint import sentences
from govlint.engine import parse
from govlint.facts.words import words as words_of
from govlint.rule import Rule, Severity
from govlint.testing import lint
from tests.generator import LAYOUTS, generate

RULES = {rule.id.partition("/")[2]: rule for rule in govlint_rules()}
WORD_RULES = [
    RULES[name]
    for name in (
        "confusable-word",
        "fixed-phrase",
        "letter-width",
        "lookalike",
        "missing-character",
        "mixed-language",
        "name-casing",
        "repeated-word",
        "template-leftover",
        "time-word",
    )
]

DOUBLED_BY_CHANCE = """
通过过程管理，提高服务质量。
通过过去三年的努力，完成改造任务。
其中中央补助资金12.00万元，其中中小企业份额占40%。
全市市级部门共12家，青禾区区级部门8家，云川县县级财政。
开展展览3次，开展展示活动5次，扩展展区面积。
为为民服务提供保障，作为为民办实事项目推进。
有有关部门配合，没有有效投诉，所有有条件的单位。
对对外合作事项逐项审核，针对对口支援任务。
以以前年度结余弥补，可以以此为据，予以以下处理。
税收收入增长，非税收入与税收收入结构优化。
项目目标明确，绩效目标合理，本年项目目录已公布。
收支支出情况正常，收支支撑有力。
业务用房房屋维修，办公用房房产登记。
费用用于培训，经费用于维修，其他费用用途合规。
财政政策落实，行政政务公开，财政政府采购。
社会会议较多，协会会员增加，工会会费上缴。
2023年年初结转12.00万元，2023年年末结余，当年年度目标完成。
12月月底前完成，每月月初报送。
文化馆馆藏丰富，图书馆馆长负责，博物馆馆内设施更新。
学校校舍维修，学校校园安全，高校校长培训。
教育局局长主持，财政局局机关搬迁，组织部部长讲话。
研究院院长参加，医院院区扩建，法院院落整治。
消防队队员增加，支队队伍建设，大队队部维修。
公司司机2人，人民民主，农民民生，居民民意调查。
参与与会代表讨论，普及及时到位，由于于法有据。
使用用地指标，利用用户数据，应用用户培训。
经济济困，救济济贫，管理理念更新，办理理赔。
存在在建工程，实实在在在建项目，正在在线办理。
中心心理辅导，重心心态平稳，核心心脏手术。
确保保险到位，社保保障水平提高，环保保护措施，安保保卫。
综合合作，联合合规检查，结合合同管理，整合合理资源。
提升升级改造，上升升幅扩大，晋升升学。
组织织密防护网，加强强化管理，增强强度。
加快快递业管理，建设设备用房，建设设施农业。
生产产品合格，资产产权清晰，国产产能增加。
投资资金到位，物资资源调配，工资资料整理。
信息息屏，信息系统统一建设，系统统计分析，传统统筹。
执行行政决议，银行行业监管，进行行动部署，推行行之有效的办法。
服务务实高效，业务务必规范，任务务求实效。
发现现场问题，实现现代化，体现现实需要，兑现现金。
方案案卷归档，档案案例选编，提案案由。
标准准备到位，批准准入，精准准确。
检查查处违法行为，核查查明原因，调查查找问题，巡查查看现场。
监督督促落实，监督督导到位。
环境境内外，边境境况。
人员员额制，职员员工培训，动员员工参加。
政府府邸修缮，县政府府前路改造。
年度度假旅游，制度度量，高度度数，温度度数。
农业业务，企业业主，行业业绩，作业业务量。
单位位于城区，岗位位次，学位位列前茅。
主要要求，需要要件齐全，重要要素保障，必要要约。
收入入库及时，纳入入户调查，投入入围项目。
基础础石，基本本金，基本本地产品，成本本月下降。
安全全过程管理，健全全链条监管，安全全覆盖，保全全部证据，安全全员培训。
保障障碍清除，更新新设备，创新新模式，高新新区。
重点点位管理，地点点多面广，站点点长制，节点点检。
分析析出指标，解析析产，剖析析因。
文化化解矛盾，转化化工产能，绿化化肥。
教育育人，体育育种，保育育婴。
水质质量，地质质检，物质质押，品质质量。
计划划分，规划划定红线，策划划拨。
评价价值，物价价格，造价价款。
改革革新，变革革除。
技术术语，学术术科，手术术后。
目的的实现，标的的确定，这一目的的达成。
""".strip().splitlines()

DOUBLED_ON_PURPOSE = """
群众高高兴兴参加活动，人人参与，天天巡查，处处整洁，时时提醒。
工作渐渐走上正轨，常常深入基层，仅仅两个月，刚刚完工，偏偏延误。
一一落实，个个过关，件件有回音，事事有着落，条条有依据，样样齐全。
完成平台迁移、改版等等，区区小事也有人管，种种原因，层层压实，步步推进。
研究研究再定，讨论讨论，一步一步推进，一项一项核对，一点一点改进，很多很多。
3项项目、2个个人奖、5家家庭农场、10处处室、6条条例、4场场次。
风风雨雨，方方面面，平平安安，干干净净，实实在在，清清楚楚，踏踏实实，扎扎实实，形形色色，兢兢业业。
默默无闻，源源不断，欣欣向荣，井井有条，息息相关，津津有味，头头是道，面面俱到，斤斤计较，蒸蒸日上，历历在目。
大名鼎鼎，气势汹汹，人才济济，千里迢迢，忧心忡忡，文质彬彬，无微不至，衣冠楚楚，风度翩翩。
爷爷奶奶、爸爸妈妈、哥哥姐姐、弟弟妹妹带着宝宝参加亲子活动，星星、猩猩和太太。
张丽丽、李娜娜、王圆圆、陈冬冬等4名同志，云川市红红幼儿园。
村村通公路，户户通电，家家户户，世世代代，年年月月，口口相传。
往往需要，每每发生，略略增加，微微下降，频频出现，屡屡得奖，稍稍超出，早早完成，远远高于，大大提高，深深体会。
点点滴滴，丝丝入扣，滔滔不绝，念念不忘，孜孜不倦，循循善诱，谆谆教导，拳拳之心。
想想办法，看看现场，听听意见，谈谈体会，走走看看，说说笑笑，试试新系统。
""".strip().splitlines()

LATIN = """
完成IPv6、5G、4G、Wi-Fi和VPN升级，新建LED屏2块，采购A4纸20箱、X光机1台、U盘10个。
PM2.5年均浓度下降，COD、GDP、CPI、PPP、EPC、BIM、GIS等指标或者方式。
“AK项目”支出20.00万元，AK项目已经验收。
物联网（Internet of Things）平台、人工智能（artificial intelligence）应用、绿色建筑（green building）试点。
执行ISO9001、GB/T 15834和GB50016-2014标准，G42高速公路，S26公路，沪A12345号车辆。
A类、B座、Ⅱ期、甲级、C级，方案a和方案b，第n次，x轴。
用电1200kW·h，管道3.5km，投放0.5mg/L，面积30㎡，温度25℃，重2kg，流量5m3/s，电压10kV。
邮箱xxgk@example.gov.cn，网址www.example.gov.cn/budget/index.html，https://www.example.gov.cn/and/the/of。
附件见report.pdf、budget.xlsx，平台域名data.example.com.cn。
采用Windows、Linux、Oracle、MySQL、Java、Python、Docker、Kubernetes等技术，部署H3C交换机、Huawei设备。
引进ThinkPad笔记本、iPhone手机，使用WeChat、TikTok推广，维护DevOps平台、SaaS服务、eID认证。
Total 合计
收入 Income
The centre was founded in 1998 and serves the whole city.
举办“Hello Yunchuan”英语角，演出《Yesterday Once More》等曲目。
R&D经费投入，B2B、O2O模式，Q&A栏目，TOP10榜单，DIY活动，KTV场所，VR体验，3D打印。
申办EB-2-17号许可，型号DK-3A，合同编号YC2023-GK-0012，统一社会信用代码11310107MB2F30495K。
世界卫生组织（World Health Organization，WHO）提出的目标，简称SDGs。
""".strip().splitlines()

TEMPLATES = """
机房面积50×80米，采购XXL号工装20套，联系电话139****1234，身份证号3101**********1234。
各项经费在预算中列明，按要求写明用途，合同中列明数量。
金额单位为万元，收支均为万元，以万元为单位。
本年增加12.00万元，主要原因是：
设备老化是支出增加的主要原因。
部门决算由各部门根据有关规定编制，报财政部门批复。
申请人登录平台（请按要求填写申请表）提交申请，需填写申请表。
（含）以上设备，（不含车辆），（见附件），（略高于上年），（以下简称“中心”），（一）至（三）项。
“三公”经费（含因公出国（境）费），政府办公厅（室），单价100万元（含）以上。
比上年减少12.00万元，下降10.00%；决算数小于预算数的主要原因是厉行节约。
增加（减）变动情况，支出减少（节约）的原因，上升或者下降。
【项目】数据共享平台，【内容】按计划完成，x_{1}与x_{2}，（不含自行补充资金），市本级（以下同）。
待办事项12件，待定价格另行公布，待完善制度3项。
2023年12月31日，××××年为罗马数字说明以外的写法不在此列时不用。
""".strip().splitlines()[:-1]

WORDS = """
截至2023年12月31日，报名截止时间为5月1日，合同有效期截止2024年5月，申请于5月31日截止，展览8月1日开始，截止8月31日。
对违规行为给予警告，配合做好保护土地工作，这里一班公交车，万一但书适用。
较上一年度增加，商品在市场上一度短缺，从评价情况来看，按自评结果来看，与上年度相同。
二〇二三年，〇号楼，第Ⅲ期，房间号3O1，10l容器5个，I5处理器，H2O。
学习贯彻党的二十大精神，增强“四个意识”，坚定“四个自信”，做到“两个维护”，推进“一带一路”建设。
拨款、账户、必需品、启用、截至、反映、度过、签订、制订、部署、安装、坐落、其他、账簿。
财政拨付资金，年初预计，主要原料，一般公共算法，国有资产经营，机关行政经费，公务用车。
""".strip().splitlines()

TRAPS = [*DOUBLED_BY_CHANCE, *DOUBLED_ON_PURPOSE, *LATIN, *TEMPLATES, *WORDS]


@pytest.mark.parametrize("trap", TRAPS)
def test_what_only_looks_wrong_passes(trap: str) -> None:
    text = f"# 2023年度云川市文化馆部门决算\n\n## 一、基本情况\n\n{trap}\n"
    assert [diagnostic.message for diagnostic in lint(text, *WORD_RULES).diagnostics] == []


def found(text: str, *rules: Rule) -> list[str]:
    """What the rules find, as written."""
    report = lint(text, *rules)
    return [text[diagnostic.span.start : diagnostic.span.end] for diagnostic in report.diagnostics]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("组织开展安全全检查12次。", "全全"),
        ("该项工作的的开展情况。", "的的"),
        ("保障和和改善民生。", "和和"),
        ("对于于2023年度的支出。", "于于"),
        ("已经进行进行公示。", "进行进行"),
        ("本年支出增加增加12.00万元。", "增加增加"),
        ("支出12.00万元万元。", "万元万元"),
        ("完成成机房改造。", "成成"),
        ("加强强预算管理。", "强强"),
        ("落实实各项政策。", "实实"),
        ("严格执执行预算。", "执执"),
        ("进进行绩效评价。", "进进"),
        ("按照规规定公开。", "规规"),
        ("财政拨拨款收入。", "拨拨"),
        ("主要原因是是人员增加。", "是是"),
        ("项目支出及及基本支出。", "及及"),
        ("一般公共预算财政拨款拨款支出。", "拨款拨款"),
        ("国有资产产管理。", "产产"),
    ],
)
def test_repetitions_are_found(text: str, written: str) -> None:
    assert found(f"{text}\n", RULES["repeated-word"]) == [written]


WORDS_MET_TWICE = """
本部门部门预算公开情况，各部门部门决算由财政局汇总，所属单位单位预算共8家，填写预算单位单位名称。
教育支出支出决算为10.00万元，社会保障和就业支出支出10.00万元。
规范规范性文件管理，保障保障性住房建设，加强管理管理员培训，服务服务业发展，开展培训培训班3期。
按照国家有关规定规定的程序办理，召开党组织组织生活会，由集体经济组织组织开展，人大代表代表团审议。
优化市政府政府网站栏目，完善区人民政府政府信息公开工作，开展重点项目项目支出绩效自评。
集装箱装箱作业，大学科学科研投入增加，支持中小企业创业创新，属于集体的土地的土地承包经营权。
一个单位一个单位地核对，一步一步一步落实，一人一人一票，逐项逐项核对，大批大批入库，分批分批验收。
市公安厅（局）厅（局）长批准，比例5%～5%，类别股股东，派遣国国籍，《云川市立法法》，解放军军以上单位，城建税税率。
""".strip().splitlines()


@pytest.mark.parametrize("words", WORDS_MET_TWICE)
def test_words_that_meet_by_chance_are_no_repetition(words: str) -> None:
    assert found(f"# 2023年度云川市文化馆部门决算\n\n## 一、情况\n\n{words}\n", RULES["repeated-word"]) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2023年2023年度收入增加。", "2023年2023年"),
        ("支出12.00万元12.00万元。", "12.00万元12.00万元"),
        ("“三公”经费“三公”经费支出。", "“三公”经费“三公”经费"),
        ("部门部门预算。", "部门部门"),
        ("政府信息公开公开平台。", "公开公开"),
        ("一般公共预算一般公共预算支出。", "一般公共预算一般公共预算"),
        ("更新更新设备。", "更新更新"),
        ("受理行政行政复议2件。", "行政行政"),
        ("# 云川市云川市文化馆2023年度部门决算", "云川市云川市"),
        ("单位：万元万元", "万元万元"),
    ],
)
def test_repeated_words_are_found(text: str, written: str) -> None:
    assert found(f"{text}\n", RULES["repeated-word"]) == [written]


def test_a_title_with_the_next_line_glued_to_it_is_no_repetition() -> None:
    text = "# 云川市青禾区2023年区级部门预算预算主管部门：云川市青禾区文化馆\n\n## 一、部门概况\n\n主要职责。\n"
    assert found(text, RULES["repeated-word"]) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_word_doubled_anywhere_is_found(layout: str) -> None:
    report = generate(7, layout)
    read = parse(f"x{report.suffix}", text=report.text)
    known = field_words(read)
    places = [
        (span.end, word.text)
        for sentence, cut in zip(sentences(read), words_of(read), strict=True)
        for word in cut
        if word.text in known
        if report.text[slice(*(span := sentence.text.span(word.begin, word.end)))] == word.text
    ]
    missed = []
    chosen = Random(layout).sample(places, 25)
    for end, word in chosen:
        text = report.text[:end] + word + report.text[end:]
        spans = [each.span for each in lint(text, RULES["repeated-word"], path=f"x{report.suffix}").diagnostics]
        if not any(span.start < end + len(word) and end - len(word) < span.end for span in spans):
            missed.append(report.text[end - 12 : end + 12])
    assert len(missed) <= len(chosen) // 10, missed


@pytest.mark.parametrize("entry", dropped_characters(), ids=lambda entry: entry.bad)
def test_dropped_characters(entry) -> None:
    assert [hit.entry.find for hit in matcher().find(entry.bad)] == [entry.find]
    for good in entry.good:
        assert matcher().find(good) == []


@pytest.mark.parametrize(
    ("text", "written", "severity"),
    [
        ("思想 and 精神。", "and", Severity.ERROR),
        ("各部门of各单位。", "of", Severity.ERROR),
        ("本年项目budget支出增加。", "budget", Severity.WARNING),
        ("采购bangong设备10台。", "bangong", Severity.WARNING),
        ("采用zxqbr系统，运行稳定。", "zxqbr", Severity.INFO),
        ("全部网站支持IPv6 and 5G访问。", "and", Severity.ERROR),
        ("全面完成the work任务，成效明显。", "the work", Severity.WARNING),
    ],
)
def test_foreign_words_are_found(text: str, written: str, severity: Severity) -> None:
    report = lint(f"{text}\n", RULES["mixed-language"])
    assert [(text[d.span.start : d.span.end], d.severity) for d in report.diagnostics] == [(written, severity)]


def test_words_of_the_user_are_no_foreign_words() -> None:
    text = "采用zxqbr系统，运行稳定。\n"
    rule = RULES["mixed-language"]
    assert len(lint(text, rule).diagnostics) == 1
    assert not lint(text, rule, options={rule.id: {"allow": ["zxqbr"]}}).diagnostics


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("云川市XX局2023年度决算。", "XX"),
        ("支出×××万元。", "×××"),
        ("20XX年支出增加。", "20XX"),
        ("比上年增加（减少）12.00万元。", "增加（减少）"),
        ("比上年增长/下降12.00%。", "增长/下降"),
        ("比上年减少(增加)3.00万元。", "减少(增加)"),
        ("比上年增加（减少）0.00万元。", "增加（减少）"),
        ("支出减少，主要原因是：。", "主要原因是：。"),
        ("支出决算为万元，比上年增加。", "为万元"),
        ("比上年增加2.00万元，增长%。", "增长%"),
        ("单击此处输入文字", "单击此处输入文字"),
        ("{{部门名称}}支出12.00万元。", "{{部门名称}}"),
        ("【单位名称】支出12.00万元。", "【单位名称】"),
        ("【请填写单位名称】支出12.00万元。", "【请填写单位名称】"),
        ("[年份]年度决算。", "[年份]"),
        ("其他收入（待补充）。", "（待补充）"),
        ("（如无此项支出，请删除本段）", "（如无此项支出，请删除本段）"),
        ("无政府采购支出的部门，作下述说明：", "作下述说明"),
        ("2023年 月 日", "2023年 月 日"),
    ],
)
def test_leftovers_are_found(text: str, written: str) -> None:
    assert found(f"{text}\n", RULES["template-leftover"]) == [written]


def test_leftovers_of_a_kind_are_one_finding() -> None:
    text = "\n\n".join(f"云川市XX局第{number}项支出XXX万元。" for number in range(1, 30)) + "\n"
    (diagnostic,) = lint(text, RULES["template-leftover"]).diagnostics
    assert len(diagnostic.related) == 57
    assert "共 58 处" in diagnostic.message


def test_a_name_is_one_finding_with_all_its_places() -> None:
    text = "完成IPV6改造。\n\n| 项目 | 内容 |\n|---|---|\n| 网络 | 支持IPV6 |\n"
    (diagnostic,) = lint(text, RULES["name-casing"]).diagnostics
    assert [text[each.span.start : each.span.end] for each in (diagnostic, *diagnostic.related)] == ["IPV6", "IPV6"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2O23年度支出增加。", "2O23"),
        ("支出l2.50万元。", "l2.50"),
        ("占比5O%。", "5O"),
        ("完成G\u0420S终端安装。", "G\u0420S"),
        ("一般公共预算\u2f8f政。", "\u2f8f"),
        ("年末\u200b结余。", "\u200b"),
        ("项目\ue123完成。", "\ue123"),
    ],
)
def test_lookalikes_are_found(text: str, written: str) -> None:
    assert found(f"{text}\n", RULES["lookalike"]) == [written]


def test_a_hostile_text_takes_no_time() -> None:
    for piece in (
        "增加（",
        "X",
        "的",
        "and ",
        "{单位",
        "（请",
        "2O",
        "截止",
        "a.",
        "年 ",
        "万元，增长1",
        "AB.gov",
        "支出支出1",
        "管理管理员",
        "2023年",
    ):
        text = piece * 5000 + "\n"
        for rule in WORD_RULES:
            lint(text, rule)
