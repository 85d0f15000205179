"""The sentences of the reports, by house (the wording of a region). Each has several variants; a report keeps to one.

Names in braces are filled by :mod:`tests.generator.prose`. A variant of a house stands before those of ``common``.
"""

from __future__ import annotations

from collections.abc import Mapping

Sentences = Mapping[str, tuple[str, ...]]

COMMON: Sentences = {
    # change of a quantity against last year
    "change": ("{verb}{delta}，{trend}{rate}",),
    "duties_lead": ("{body}的主要职责是：",),
    "units": (
        "从决算单位构成看，{body}部门决算由纳入独立核算的单位本级决算组成，内设{count}个机构，分别为{offices}。",
    ),
    "staff": (
        "截至{year}年末，{body}在职人员{total}，其中：行政{administrative}，事业{institution}；退休人员{retired}。",
    ),
    # 一
    "overall": (
        "{year}年度{totals}{total}。与{last}年度相比，{totals}{each}{change}，主要原因是{reason}。",
        "{year}年度{totals}{total}，{totals}比上年{each}{change}，主要原因是{reason}。",
        "{body}{year}年度{totals}{total}。与上年相比，{totals}{each}{change}。主要原因：{reason}。",
    ),
    # 二
    "income": ("{year}年度收入合计{income}。其中：{list}。", "本年收入合计{income}，其中：{list}。"),
    "income_item": ("{name}{amount}，占本年收入{share}", "{name}{amount}，占{share}"),
    # 三
    "spending": ("{year}年度支出合计{spending}。其中：{list}。", "本年支出合计{spending}，其中：{list}。"),
    "spending_item": ("{name}{amount}，占本年支出{share}", "{name}{amount}，占{share}"),
    # 五
    "general_overall": (
        "{year}年度一般公共预算财政拨款支出{amount}，占本年支出合计的{share}。与{last}年度相比，"
        "一般公共预算财政拨款支出{change}，主要原因是{reason}。",
        "{year}年度一般公共预算财政拨款支出{amount}，占本年支出合计的{share}，比上年{change}。主要原因是{reason}。",
    ),
    "structure": (
        "{year}年度一般公共预算财政拨款支出{amount}，主要用于以下方面：{list}。",
        "一般公共预算财政拨款支出{amount}，按功能分类主要用于：{list}。",
    ),
    "structure_item": ("{name}（类）{amount}，占{share}",),
    "detail": (
        "{year}年度一般公共预算财政拨款支出年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}。"
        "其中：基本支出{basic}，项目支出{project}。具体情况如下：",
        "{year}年度一般公共预算财政拨款支出年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}。"
        "其中：基本支出、项目支出分别为{basic}、{project}。具体情况如下：",
    ),
    "item": (
        "{path}。年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}，决算数{side}年初预算数的主要原因是{reason}。",
    ),
    "item_equal": ("{path}。年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}，决算数与年初预算数持平。",),
    "item_unbudgeted": (
        "{path}。年初预算为{budget}，支出决算为{actual}，决算数{side}年初预算数的主要原因是年中追加项目预算。",
    ),
    # 六
    "basic": (
        "{year}年度一般公共预算财政拨款基本支出{basic}，其中：人员经费{personnel}，主要包括：{people}；"
        "公用经费{running}，主要包括：{things}。",
        "一般公共预算财政拨款基本支出{basic}。其中：人员经费{personnel}，主要包括{people}；"
        "公用经费{running}，主要包括{things}。",
    ),
    # 七
    "official": (
        "{year}年度“三公”经费财政拨款支出年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}。"
        "决算数{side}年初预算数的主要原因是{reason}。其中：{list}。",
    ),
    "official_item": ("{name}支出决算为{actual}，完成年初预算的{rate}",),
    "official_item_unbudgeted": ("{name}年初预算为{budget}，支出决算为{actual}，与年初预算数持平",),
    "official_year": (
        "{year}年度“三公”经费财政拨款支出决算数比{last}年度{change}，其中：{list}。",
        "与{last}年度相比，“三公”经费财政拨款支出决算数{change}，其中：{list}。",
    ),
    "official_year_flat": ("{year}年度“三公”经费财政拨款支出决算数与{last}年度持平，其中：{list}。",),
    "official_year_new": ("{year}年度“三公”经费财政拨款支出决算数比{last}年度增加{delta}，其中：{list}。",),
    "official_year_item": ("{name}支出决算{change}，主要原因是{reason}",),
    "official_year_item_flat": ("{name}支出决算与上年持平",),
    "official_year_item_new": ("{name}支出决算{verb}{delta}，上年无此项支出",),
    "official_structure": (
        "“三公”经费财政拨款支出决算中，{list}。具体情况如下：",
        "“三公”经费财政拨款支出决算{actual}，其中：{list}。具体情况如下：",
    ),
    "official_structure_item": ("{name}支出决算{amount}，占{share}",),
    "official_none": ("{body}{year}年度无“三公”经费财政拨款支出。",),
    "abroad": ("因公出国（境）费支出{amount}。全年安排因公出国（境）团组{groups}，累计{travellers}。",),
    "cars": (
        "公务用车购置及运行维护费支出{amount}。其中：公务用车购置支出{purchase}，购置公务用车{bought}；"
        "公务用车运行维护支出{running}，主要用于车辆燃料、维修和保险。{year}年末，开支财政拨款的公务用车保有量为{kept}。",
    ),
    "reception": (
        "公务接待费支出{amount}。其中：国内公务接待支出{amount}，共接待{batches}、{guests}；外宾接待支出{foreign}。",
    ),
    # 八、九
    "fund": (
        "{year}年度政府性基金预算财政拨款年初结转和结余{opening}，本年收入{income}，本年支出{spending}，"
        "年末结转和结余{closing}。支出具体情况如下：",
    ),
    "fund_none": (
        "{body}{year}年度无政府性基金预算财政拨款收入和支出。",
        "{year}年度本部门没有政府性基金预算财政拨款收入，也没有使用政府性基金预算财政拨款安排的支出。",
    ),
    "capital": ("{year}年度国有资本经营预算财政拨款本年支出{spending}。支出具体情况如下：",),
    "capital_none": ("{body}{year}年度无国有资本经营预算财政拨款支出。",),
    "other_item": ("{path}。年初预算为{budget}，支出决算为{actual}，主要用于{use}。",),
    "empty_fund": ("说明：{body}{year}年度无政府性基金预算财政拨款收入和支出，故本表无数据。",),
    "empty_capital": ("说明：{body}{year}年度无国有资本经营预算财政拨款收入和支出，故本表无数据。",),
    # 十
    "operation": (
        "{year}年度{body}机关运行经费支出{amount}，比{last}年度{change}，主要原因是{reason}。",
        "{body}{year}年度机关运行经费支出{amount}，与{last}年度相比{change}。主要原因是{reason}。",
    ),
    "operation_none": (
        "{body}为事业单位，{year}年度无机关运行经费支出。",
        "{body}属于事业单位，按规定不核算机关运行经费，{year}年度无此项支出。",
    ),
    "procurement": (
        "{year}年度{body}政府采购支出总额{total}，其中：政府采购货物支出{goods}、政府采购工程支出{works}、"
        "政府采购服务支出{services}。授予中小企业合同金额{small}，占政府采购支出总额的{small_share}，"
        "其中：授予小微企业合同金额{micro}，占政府采购支出总额的{micro_share}。",
        "{year}年度{body}政府采购支出总额{total}，其中：货物、工程、服务支出分别为{goods}、{works}、{services}。"
        "授予中小企业合同金额{small}，占政府采购支出总额的{small_share}；"
        "授予小微企业合同金额{micro}，占政府采购支出总额的{micro_share}。",
    ),
    "assets": (
        "截至{year}年12月31日，{body}共有车辆{total}，其中：{list}；单价100万元（含）以上设备（不含车辆）{equipment}。",
    ),
    # 绩效
    "performance": (
        "根据预算绩效管理要求，{short}组织对{year}年度一般公共预算项目支出开展绩效自评，共涉及项目{count}，"
        "资金{amount}，占一般公共预算项目支出总额的{share}。从自评情况看，各项目基本达到年度绩效目标。",
    ),
    "project": (
        "{name}项目绩效自评综述：项目全年预算数为{budget}，执行数为{actual}，完成预算的{rate}。"
        "主要产出和效益：一是{first}；二是{second}。发现的问题及原因：{problem}。下一步改进措施：{remedy}。",
    ),
    "results": ("{short}将绩效自评结果作为安排以后年度预算和完善管理的依据，对自评发现的问题逐项整改。",),
    "task": ("{year}年，{short}按照年度计划推进{name}工作，{effect}，各项任务按期完成。",),
}

HUBEI: Sentences = {
    "overall": (
        "{year}年度收、支总计{total}。与{last}年度相比，收、支总计各{change}，主要原因是{reason}。",
        "{year}年度收、支总计{total}，比{last}年度各{change}，主要原因是{reason}。",
    ),
    "fiscal_overall": (
        "{year}年度财政拨款收、支总计{total}。与{last}年度相比，财政拨款收、支总计各{change}，主要原因是{reason}。",
        "{year}年度财政拨款收、支总计{total}，比{last}年度各{change}，主要原因是{reason}。",
    ),
    "detail": (
        "{year}年度一般公共预算财政拨款支出年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}。"
        "其中：基本支出{basic}，项目支出{project}。项目支出主要用于{projects}。",
    ),
    "detail_project": ("{name}{amount}，主要成效是{effect}",),
    "item": (
        "{path}。年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}，支出决算数{side}年初预算数的主要原因是{reason}。",
        "{path}。年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}。支出决算数{side}年初预算数的主要原因：{reason}。",
    ),
    "official_scope": ("{body}使用财政拨款安排“三公”经费的单位为{body}本级。",),
}

SHANGHAI: Sentences = {
    "units": ("从预算单位构成看，{body}部门决算包括{body}本级决算。{body}内设{count}个机构，分别为{offices}。",),
    "overall": ("{body}{year}年度收入支出总计{total}。与{last}年度相比，收入支出总计{change}。主要原因：{reason}。",),
    "fiscal_overall": (
        "{body}{year}年度财政拨款收入支出总计{total}。与{last}年度相比，财政拨款收入支出总计{change}。主要原因：{reason}。",
    ),
    "income": ("本年收入合计{income}，其中：{list}。",),
    "income_item": ("{name}{amount}，占{share}",),
    "spending": ("本年支出合计{spending}，其中：{list}。",),
    "spending_item": ("{name}{amount}，占{share}",),
    "general_overall": (
        "一般公共预算财政拨款支出{amount}，占本年支出合计的{share}。与{last}年度相比，"
        "一般公共预算财政拨款支出{change}。主要原因：{reason}。",
    ),
    "structure": ("一般公共预算财政拨款支出{amount}，主要用于以下方面：{list}。",),
    "detail": ("一般公共预算财政拨款支出年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}。其中：",),
    "item": (
        "{path}。主要用于：{use}。年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}。"
        "决算数{side}预算数的主要原因：{reason}。",
    ),
    "item_equal": (
        "{path}。主要用于：{use}。年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}。决算数与预算数持平。",
    ),
    "item_unbudgeted": (
        "{path}。主要用于：{use}。年初预算为{budget}，支出决算为{actual}。决算数{side}预算数的主要原因：年中追加项目预算。",
    ),
    "other_item": ("{path}。主要用于：{use}。年初预算为{budget}，支出决算为{actual}。",),
    "basic": (
        "一般公共预算财政拨款基本支出{basic}。其中：人员经费{personnel}，主要包括：{people}；"
        "公用经费{running}，主要包括：{things}。",
    ),
    "official": (
        "“三公”经费财政拨款支出年初预算为{budget}，支出决算为{actual}，完成预算的{rate}，其中：{list}。"
        "{year}年度“三公”经费支出决算数{side}预算数的主要原因：{reason}。",
    ),
    "official_item": ("{name}支出决算为{actual}，完成预算的{rate}",),
    "official_item_unbudgeted": ("{name}支出预算为{budget}，支出决算为{actual}",),
    "official_year": ("{year}年度“三公”经费财政拨款支出决算数比{last}年度{change}，其中：{list}。",),
    "official_year_item_flat": ("{name}支出决算与{last}年度持平",),
    "capital": ("国有资本经营预算财政拨款收入{income}，支出{spending}，支出具体情况如下：",),
    "fund": ("政府性基金预算财政拨款收入{income}，支出{spending}，支出具体情况如下：",),
    "fund_none": ("{body}{year}年度无政府性基金预算财政拨款收入和支出。",),
    "capital_none": ("{body}{year}年度无国有资本经营预算财政拨款收入和支出。",),
    "operation": ("机关运行经费支出{amount}，比{last}年度{change}。主要原因是{reason}。",),
    "operation_none": ("{body}{year}年度无机关运行经费支出。",),
    "procurement": (
        "{body}{year}年度政府采购金额（以合同签订为准）为{total}，其中：货物采购金额{goods}、工程采购金额{works}、"
        "服务采购金额{services}。{year}年度面向中小企业预留政府采购项目预算金额{small}，"
        "其中：面向小微企业预留政府采购项目预算金额{micro}。",
    ),
    "performance": (
        "{body}{year}年度预算绩效管理工作开展情况如下：制定了项目支出绩效管理办法，明确了各科室职责。"
        "编报绩效目标的{year}年度项目{count}，涉及预算金额{planned}；绩效自评的{year}年度项目{count}，"
        "涉及预算金额{planned}，平均得分{score}分（其中，绩效评级为“优”的项目{excellent}；绩效评级为“良”的项目{good}；"
        "绩效评级为“合格”的项目{passed}；绩效评级为“不合格”的项目{failed}）。",
    ),
}

MODEL: Sentences = {
    "overall": (
        "{year}年度收入总计、支出总计均为{total}。与{last}年度相比，收入总计、支出总计均{change}，主要原因是{reason}。",
        "{year}年度收、支总计均为{total}。与上年相比，收、支总计均{change}，主要原因是{reason}。",
    ),
    "fiscal_overall": (
        "{year}年度财政拨款收入总计、支出总计均为{total}。与{last}年度相比，财政拨款收入总计、支出总计均{change}，主要原因是{reason}。",
        "{year}年度财政拨款收、支总计均为{total}。与上年相比，财政拨款收、支总计均{change}，主要原因是{reason}。",
    ),
    "income_item": ("{name}{amount}，占{share}",),
    "spending_item": ("{name}{amount}，占{share}",),
}

ZHEJIANG: Sentences = {
    "change": ("{verb}{delta}，{trend}{rate}",),
    "overall": ("本部门{year}年度收、支总计{total}。与{last}年度相比，各{change}。主要原因是：{reason}。",),
    "fiscal_overall": (
        "本部门{year}年度财政拨款收、支总计{total}。与{last}年度相比，各{change}。主要原因是：{reason}。",
    ),
    "income": ("{year}年度收入合计{income}；包括{list}。",),
    "income_item": ("{name}{amount}（占收入合计{share}）",),
    "spending": ("{year}年度支出合计{spending}，包括{list}。",),
    "spending_item": ("{name}{amount}，占{share}",),
    "general_overall": (
        "{year}年度一般公共预算财政拨款支出{amount}，占本年支出合计的{share}。较上年决算数{change}。主要原因是：{reason}。",
    ),
    "item": (
        "{path}年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}，决算数{side}年初预算数的主要原因是：{reason}。",
    ),
    "item_equal": ("{path}年初预算为{budget}，支出决算为{actual}，完成年初预算的{rate}，决算数等于年初预算数。",),
    "item_unbudgeted": (
        "{path}年初预算为{budget}，支出决算为{actual}，决算数{side}年初预算数的主要原因是：年中追加项目预算。",
    ),
    "official_year": ("“三公”经费财政拨款支出决算数较上年决算数{change}，其中：{list}。",),
    "official_year_item_flat": ("{name}支出决算与上年决算数持平",),
    "operation": ("{body}{year}年度机关运行经费支出{amount}，较上年决算数{change}，主要原因是：{reason}。",),
}

CHONGQING: Sentences = {
    "change": ("{verb}{delta}，{trend}{rate}", "{verb}{delta}、{trend}{rate}"),
    "overall": ("{year}年度收入总计{total}，支出总计{total}。收支较上年决算数{change}，主要原因是{reason}。",),
    "fiscal_overall": (
        "{year}年度财政拨款收、支总计均为{total}。与{last}年度相比，财政拨款收、支总计各{change}，主要原因是{reason}。",
    ),
    "income": (
        "{year}年度收入合计{income}，较上年决算数{change}，主要原因是{reason}。其中：{list}。"
        "此外，使用非财政拨款结余{used}，年初结转和结余{opening}。",
    ),
    "income_item": ("{name}{amount}，占{share}",),
    "spending": (
        "{year}年度支出合计{spending}，较上年决算数{change}，主要原因是{reason}。其中：{list}。"
        "此外，结余分配{allocated}。",
    ),
    "spending_item": ("{name}{amount}，占{share}",),
    "carried": ("{year}年度年末结转和结余{closing}，较上年决算数{change}，主要原因是{reason}。",),
    "carried_flat": ("{year}年度年末结转和结余{closing}，与上年决算数持平。",),
    "carried_new": ("{year}年度年末结转和结余{closing}，较上年决算数增加{delta}，上年无结转和结余。",),
    "general_overall": (
        "{year}年度一般公共预算财政拨款支出{amount}，占本年支出合计的{share}，较上年决算数{change}，主要原因是{reason}。",
    ),
    "official_year": ("“三公”经费支出较上年决算数{change}，其中：{list}。",),
    "official_year_flat": ("“三公”经费支出与上年决算数持平，其中：{list}。",),
    "official_year_new": ("“三公”经费支出较上年决算数增加{delta}，其中：{list}。",),
    "contact": ("决算公开信息反馈和联系方式：{body}办公室，电话：0000-{phone}。",),
}

BUDGET: Sentences = {
    # a change without a rate, as between budgets
    "versus": ("比{last}年预算{verb}{delta}",),
    "versus_flat": ("与{last}年预算持平",),
    "units": ("{body}部门预算包括{body}本级预算，内设{count}个机构，分别为{offices}。",),
    "duties_lead": ("{body}的主要职能包括：",),
    # Shanghai
    "income": (
        "{year}年，{body}收入预算{income}，其中：财政拨款收入{fiscal}，{fiscal_versus}；事业收入{service}；"
        "事业单位经营收入{business}；其他收入{other}。",
    ),
    "spending": (
        "支出预算{spending}，其中：财政拨款支出预算{fiscal}，{fiscal_versus}。财政拨款支出预算中，"
        "一般公共预算拨款支出预算{general}，{general_versus}；政府性基金拨款支出预算{fund}，{fund_versus}；"
        "国有资本经营预算拨款支出预算{capital}，{capital_versus}。",
    ),
    "spending_reason": ("财政拨款收入支出{verb}的主要原因是{reason}。",),
    "items_lead": ("财政拨款支出主要内容如下：",),
    "item": (
        "“{path}”{amount}，主要用于{use}。{last}年当年预算执行数为{previous}，{year}年预算安排{amount}，"
        "比{last}年预算执行数{verb}{rate}。主要原因是：{reason}。",
    ),
    "item_new": (
        "“{path}”{amount}，主要用于{use}。{last}年当年预算执行数为{previous}，{year}年预算安排{amount}。"
        "主要原因是：{last}年未安排此项支出。",
    ),
    "official": ("{year}年“三公”经费预算数为{total}，{versus}。其中：",),
    "official_item": ("{name}{amount}，{versus}。主要原因是{reason}。",),
    "official_item_flat": ("{name}{amount}，{versus}。",),
    "official_cars": (
        "{name}{amount}，{versus}。其中：公务用车购置费{purchase}，{purchase_versus}；公务用车运行费{running}，{running_versus}。",
    ),
    "operation": ("{year}年{body}财政拨款的机关运行经费预算为{amount}。",),
    "operation_none": ("{body}为事业单位，{year}年未安排机关运行经费预算。",),
    "procurement": (
        "{year}年度本部门政府采购预算{total}，其中：政府采购货物预算{goods}、政府采购工程预算{works}、政府采购服务预算{services}。"
        "{year}年度本部门面向中小企业预留政府采购项目预算金额{small}，其中：预留给小型和微型企业的政府采购项目预算金额{micro}。",
    ),
    "performance": ("{year}年度，本部门编报绩效目标的项目共{count}，涉及项目预算资金{amount}。",),
    "assets": (
        "截至{last}年8月31日，{body}共有车辆{total}，其中：{list}；单价100万元（含）以上设备（不含车辆）{equipment}。",
        "截至{last}年12月31日，{body}共有车辆{total}，其中：{list}；单价100万元（含）以上设备（不含车辆）{equipment}。",
    ),
    "empty_fund": ("注：本部门{year}年无政府性基金预算财政拨款安排的预算，故本表无数据。",),
    "empty_capital": ("注：本部门{year}年无国有资本经营预算财政拨款安排的预算，故本表无数据。",),
    # Jiangsu
    "js_total": (
        "{body}{year}年度收入、支出预算总计{total}，与上年相比收、支预算总计各{change}。主要原因是{reason}。",
        "{body}{year}年度收入、支出预算总计{total}，与上年相比各{change}，主要原因是{reason}。",
    ),
    "js_income": ("本部门本年收入预算合计{income}，其中：{list}。",),
    "js_income_item": ("{name}{amount}，占{share}",),
    "js_spending": (
        "本部门本年支出预算合计{spending}，其中：基本支出{basic}，占{basic_share}；项目支出{project}，占{project_share}。",
    ),
    "js_total_flat": ("{body}{year}年度收入、支出预算总计{total}，与上年持平。",),
    "js_fiscal_flat": ("{body}{year}年度财政拨款收、支总预算{total}，与上年持平。",),
    "js_general_flat": ("{body}{year}年一般公共预算财政拨款支出预算{amount}，与上年持平。其中：",),
    "js_fiscal": (
        "{body}{year}年度财政拨款收、支总预算{total}。与上年相比，财政拨款收、支总计各{change}。主要原因是{reason}。",
    ),
    "js_general": (
        "{body}{year}年一般公共预算财政拨款支出预算{amount}，与上年相比{change}。主要原因是{reason}。其中：",
    ),
    "js_item": ("{path}支出{amount}，与上年相比{change}。主要原因是{reason}。",),
    "js_item_flat": ("{path}支出{amount}，与上年持平。",),
    "js_item_new": ("{path}支出{amount}，与上年相比{verb}{delta}。主要原因是上年未安排此项支出。",),
    "js_basic": (
        "{body}{year}年度一般公共预算财政拨款基本支出预算{basic}，其中：人员经费{personnel}，主要包括：{people}；"
        "公用经费{running}，主要包括：{things}。",
    ),
    "js_official": (
        "{body}{year}年度一般公共预算拨款安排的“三公”经费预算支出{total}，{versus}。其中，因公出国（境）费支出{abroad}；"
        "公务用车购置及运行费支出{cars}；公务接待费支出{reception}。具体情况如下：",
    ),
    "js_official_item": ("{name}预算支出{amount}，{versus}，主要原因是{reason}。",),
    "js_official_item_flat": ("{name}预算支出{amount}，与上年预算持平。",),
    "js_versus": ("比上年预算{verb}{delta}",),
    "js_versus_flat": ("与上年预算持平",),
    "js_fund": ("{body}{year}年政府性基金支出预算支出{amount}。与上年相比{change}，主要原因是{reason}。",),
    "js_fund_flat": ("{body}{year}年政府性基金支出预算支出{amount}，与上年持平。",),
    "js_fund_new": (
        "{body}{year}年政府性基金支出预算支出{amount}。与上年相比{verb}{delta}，主要原因是上年未安排此项支出。",
    ),
    "js_fund_none": ("{body}{year}年未安排政府性基金预算支出。",),
    "js_capital": ("{body}{year}年国有资本经营预算支出{amount}。与上年相比{change}，主要原因是{reason}。",),
    "js_capital_flat": ("{body}{year}年国有资本经营预算支出{amount}，与上年持平。",),
    "js_capital_new": (
        "{body}{year}年国有资本经营预算支出{amount}。与上年相比{verb}{delta}，主要原因是上年未安排此项支出。",
    ),
    "js_capital_none": ("{body}{year}年未安排国有资本经营预算支出。",),
    "js_operation": (
        "{year}年本部门一般公共预算机关运行经费预算支出{amount}，与上年相比{change}。主要原因是{reason}。",
    ),
    "js_operation_none": ("{body}为事业单位，{year}年未安排机关运行经费预算。",),
    "js_procurement": (
        "{year}年度政府采购支出预算总额{total}，其中：拟采购货物支出{goods}、拟采购工程支出{works}、拟采购服务支出{services}。",
    ),
    "js_performance": (
        "{year}年度，本部门编报绩效目标的项目共{count}，涉及一般公共预算项目支出{amount}，占一般公共预算项目支出的{share}。",
    ),
}

HOUSES: Mapping[str, Sentences] = {
    "hubei": HUBEI,
    "shanghai": SHANGHAI,
    "model": MODEL,
    "zhejiang": ZHEJIANG,
    "chongqing": CHONGQING,
    "shanghai-budget": BUDGET,
    "jiangsu-budget": BUDGET,
}


GLOSSARY: tuple[tuple[str, str], ...] = (
    (
        "财政拨款收入",
        "指单位本年度从{level}级财政部门取得的各类财政拨款，包括一般公共预算、政府性基金预算和国有资本经营预算的拨款",
    ),
    ("上级补助收入", "指事业单位从主管部门和上级单位取得的非财政补助收入"),
    ("事业收入", "指事业单位开展专业业务活动及其辅助活动取得的收入"),
    ("经营收入", "指事业单位在专业业务活动及其辅助活动之外开展非独立核算经营活动取得的收入"),
    ("附属单位上缴收入", "指事业单位附属的独立核算单位按规定上缴的收入"),
    ("其他收入", "指单位取得的除财政拨款收入、上级补助收入、事业收入、经营收入、附属单位上缴收入以外的各项收入"),
    ("使用非财政拨款结余", "指事业单位使用以前年度积累的非财政拨款结余弥补本年度收支差额的金额"),
    ("年初结转和结余", "指以前年度尚未完成、结转到本年度按有关规定继续使用的资金"),
    ("结余分配", "指事业单位按规定提取专用结余、缴纳所得税以及转入非财政拨款结余的金额"),
    (
        "年末结转和结余",
        "指本年度或以前年度预算安排、因客观条件发生变化未能按计划完成，需要延迟到以后年度按有关规定继续使用的资金",
    ),
    ("基本支出", "指为保障机构正常运转、完成日常工作任务而发生的支出，包括人员经费和公用经费"),
    ("项目支出", "指在基本支出之外，为完成特定工作任务和事业发展目标而发生的支出"),
    ("经营支出", "指事业单位在专业业务活动及其辅助活动之外开展非独立核算经营活动发生的支出"),
    ("上缴上级支出", "指事业单位按规定上缴上级单位的支出"),
    ("对附属单位补助支出", "指事业单位用财政补助收入之外的收入对附属单位补助发生的支出"),
    (
        "“三公”经费",
        "指单位使用财政拨款安排的因公出国（境）费、公务用车购置及{running}和公务接待费。其中，因公出国（境）费反映公务出国（境）的"
        "国际旅费、住宿费、伙食费、培训费、公杂费等支出；公务用车购置及{running}反映公务用车购置支出以及燃料费、维修费、过路过桥费、"
        "保险费等支出；公务接待费反映按规定开支的各类公务接待支出",
    ),
    (
        "机关运行经费",
        "指行政单位和参照公务员法管理的事业单位使用一般公共预算财政拨款安排的基本支出中的日常公用经费支出",
    ),
)
