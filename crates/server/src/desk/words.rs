//! Every word of the desk, Chinese and English side by side. One table, therefore longer than other files:
//! a translator reads it from top to bottom, and a word that is missing in one language does not compile.
//!
//! Chinese is a plain imperative without 你; neither language exclaims. `{}` stands for what [`fill`] puts there.
// long because: it is one table, read from top to bottom

use domain::Lang;

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub(crate) struct Words { $(pub(crate) $name: &'static str,)* }

        static ZH: Words = Words { $($name: $zh,)* };
        static EN: Words = Words { $($name: $en,)* };
    };
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $function:ident { $($code:pat => $zh:literal, $en:literal;)* })*) => {
        $($(#[doc = $doc])*
        pub(crate) fn $function(lang: Lang, code: &str) -> Option<&'static str> {
            match code {
                $($code => Some(lang.pick($zh, $en)),)*
                _ => None,
            }
        })*
    };
}

pub(crate) mod advice;
pub(crate) mod publishing;
pub(crate) mod service;

words! {
    html_lang: "zh-CN", "en";
    product: "小二", "frontdesk";
    skip: "跳到内容", "Skip to content";
    menu: "主菜单", "Main menu";
    inbox: "收件", "Inbox";
    knowledge: "知识", "Knowledge";
    goods: "商品", "Products";
    team: "同事", "Team";
    settings: "设置", "Settings";
    back: "返回", "Back";
    remove: "删除", "Remove";
    remove_twice: "再按一次删除", "Press again to remove";
    search: "搜索", "Search";
    more: "往后翻", "Further";
    to_start: "回到开头", "To the start";

    knowledge_sources: "知识来源", "Knowledge sources";
    sources_intro: "网站按周期重新读取；同事的修改和补充的问法会保留。", "Websites are read again on schedule; edits and added phrasings stay.";
    sources_empty: "还没有来源", "No sources yet";
    sources_empty_next: "在 frontdesk.toml 里加一节 [[sources]]，写上 name 和 url，重启后自动读取。也可以直接导入文件。", "Add a [[sources]] section with a name and a url to frontdesk.toml and restart. A file can be imported right away.";
    source_every: "每 {}读取一次", "read every {}";
    source_never: "还没有读取过", "not read yet";
    source_last: "上次读取", "last read";
    source_reading: "正在读取 {} / {}", "reading {} of {}";
    source_now: "现在读取", "Read now";
    source_asked: "已安排，马上读取。", "It will be read in a moment.";
    source_failed: "上次没有读成，知识没有改动。", "The last reading failed; the knowledge is unchanged.";
    source_counts: "文档 {} 篇 · 条目新增 {}、更新 {}、未变 {}、移除 {}", "{} documents · entries: {} new, {} changed, {} unchanged, {} removed";
    source_unread: "{} 篇没有读全", "{} not fully read";
    source_held_back: "一次有 {} 篇文档消失，条目没有移除。先确认网站是否正常；确实不要的，在知识里删除。", "{} documents vanished at once, so their entries were kept. Check the site first; remove by hand what is really gone.";
    source_cut: "文档多于上限，后面的没有读。可在设置里调大 pages。", "There are more documents than the limit; the rest was not read. Raise pages in the settings.";
    documents: "文档", "Documents";
    documents_order: "有问题的在前。", "Those with a problem come first.";
    no_documents: "还没有文档", "No documents yet";
    open_entry: "看条目", "Open the entry";
    import_file: "导入文件", "Import a file";
    import_intro: "先看会改动什么，再决定写入。支持 CSV、XLSX、JSONL、Markdown、HTML、PDF、DOCX、TXT 和装有这些文件的 ZIP，最大 64 MB。", "First see what would change, then decide. CSV, XLSX, JSONL, Markdown, HTML, PDF, DOCX, TXT, and ZIP of these, up to 64 MB.";
    import_choose: "文件", "File";
    import_look: "查看改动", "See what would change";
    import_planned: "还没有写入任何内容。", "Nothing has been written yet.";
    import_confirm: "写入知识", "Import";
    import_again: "换一个文件", "Another file";
    import_writing: "正在写入，可以离开这个页面。", "Being written; this page may be left.";
    import_done: "已写入，顾客现在就能问到。", "Imported; customers can ask for it now.";
    import_drafted: "没有发布：有 {} 道测试题现在答得对，导入后会答错。内容已存为草稿，", "Not published: {} test questions are answered rightly now and would not be. What came in is kept as drafts:";
    import_to_drafts: "去草稿里看", "look at them";
    import_failed: "没有写入，知识没有改动。", "Not imported; the knowledge is unchanged.";
    import_empty: "没有可写入的内容。", "There is nothing to import.";
    import_no_file: "请先选择文件。", "Choose a file first.";
    import_unknown: "不认识这种文件。支持的种类见上。", "This kind of file is not known; see above for those that are.";
    import_counts: "新增 {} · 更新 {} · 未变 {} · 未采用 {} · 重复 {}", "{} new · {} changed · {} unchanged · {} not taken · {} set aside";
    import_examples: "意图例句新增 {}", "{} new examples of intents";
    import_new: "新增", "New";
    import_changed: "更新", "Changed";
    import_rejected: "没有采用的", "Not taken";
    import_aside: "重复的问题", "Set aside as duplicates";
    edited_here: "同事改过，写入会覆盖", "edited at the desk; importing writes over it";
    and_more: "还有 {} 项", "and {} more";

    sign_in: "登录", "Sign in";
    sign_in_title: "登录工作台", "Sign in to the desk";
    sign_in_offer: "这个链接只能用一次。", "This link works once.";
    sign_in_needed: "工作台需要登录。", "The desk needs a sign-in.";
    sign_in_how: "登录用一次性链接，没有密码。", "Signing in takes a one-time link; there is no password.";
    sign_in_ask: "请负责人在「同事」里发一个新链接；", "Ask an owner for a new link (Team);";
    sign_in_run: "或在服务器上运行：", "or run this on the server:";
    sign_in_spent: "这个链接已经用过或已过期。", "This link has been used or has expired.";
    sign_out: "退出登录", "Sign out";

    tab_waiting: "等待", "Waiting";
    tab_mine: "我的", "Mine";
    tab_all: "进行中", "Open";
    tab_closed: "已关闭", "Closed";
    conversations: "会话列表", "Conversations";
    waiting_order: "生气的顾客在前，其次是要优先看的，其余按等待时间。", "Angry customers first, then those to look at soon, then the longest wait.";
    pressing: "优先", "Look soon";
    undecided: "等您决定：{}", "To decide: {}";
    drafted: "有草稿待发", "Draft to send";
    empty_waiting: "没有人在等", "Nobody is waiting";
    empty_waiting_next: "有人转人工时会出现在这里。其他会话在「进行中」。", "Customers who ask for a person appear here. Other conversations are in Open.";
    empty_mine: "手上没有会话", "No conversations of yours";
    empty_mine_next: "在「等待」里打开一个会话，按 t 接手。", "Open one in Waiting and press t to take it over.";
    empty_all: "还没有会话", "No conversations yet";
    empty_all_next: "把聊天窗口放到网站上，顾客的第一条消息就会出现在这里。", "Put the chat widget on the website; the first message will appear here.";
    empty_all_link: "复制嵌入代码", "Copy the snippet";
    empty_closed: "没有已关闭的会话", "Nothing closed yet";
    empty_closed_next: "关闭的会话会留在这里，随时可查。", "Closed conversations stay here.";
    choose: "选一个会话", "Choose a conversation";
    choose_next: "用 j 和 k 上下移动，回车打开。", "Move with j and k, open with Enter.";
    visitor: "访客", "Visitor";
    waited: "等了", "waiting";
    owner_me: "我", "me";
    owner_assistant: "AI", "AI";
    nothing_said: "还没有说话", "nothing said yet";
    former: "前同事", "a former colleague";

    conversation: "会话", "Conversation";
    assistant: "AI 助手", "Assistant";
    notice: "提示", "Notice";
    sources: "来源", "Sources";
    offered: "给出的选项", "Choices offered";
    not_helpful: "没有帮助", "Not helpful";
    helpful: "有帮助", "Helpful";
    why: "为什么这样答", "Why this answer";
    details: "资料", "Details";
    take_over: "接手", "Take over";
    give_back: "交还", "Give back";
    close: "关闭", "Close";
    close_twice: "再按一次关闭", "Press again to close";
    reply: "回复", "Reply";
    send: "发送", "Send";
    take_and_send: "接手并发送", "Take over and send";
    reply_here: "回复顾客。回车发送，Shift+回车换行", "Reply. Enter sends, Shift+Enter breaks the line";
    reply_unclaimed: "写下回复，发送时一并接手", "Write a reply; sending takes over";
    reply_taken: "{} 正在接待这位顾客。需要换人时，请对方先交还。", "{} is with this customer. To change hands, ask them to give it back first.";
    reply_closed: "会话已关闭。顾客再次发消息会开始新的会话。", "This conversation is closed. The customer's next message opens a new one.";
    earlier_cut: "只显示最近 500 条。", "Only the latest 500 messages are shown.";
    in_doubt: "不确定是否送达", "May not have arrived";
    failed: "没有送达", "Did not arrive";
    on_its_way: "正在发送", "On its way";
    send_again: "重新发送", "Send again";
    it_arrived: "已送达", "It arrived";

    taken_by: "{} 已接手这个会话，所以没有重复接手。", "{} already has this conversation, so it was not taken twice.";
    held_by: "这个会话在 {} 手上，由对方来做这一步。", "{} has this conversation; this step is theirs.";
    now_closed: "会话已经关闭，没有发送。", "The conversation is closed; nothing was sent.";
    not_yours: "先接手再操作。", "Take the conversation over first.";
    nothing_to_send: "没有内容可发送。", "There is nothing to send.";
    too_long: "太长了，最多 {} 个字。没有发送。", "Too long: at most {} characters. Nothing was sent.";

    customer: "顾客", "Customer";
    contact: "联系方式", "Contact";
    since: "首次来访", "First seen";
    speaks: "语言", "Language";
    channel: "渠道", "Channel";
    earlier: "之前的会话", "Earlier conversations";
    situation: "情况", "Situation";
    intent: "意图", "Intent";
    mood: "情绪", "Mood";
    satisfaction: "满意度（推测）", "Satisfaction (estimated)";
    course: "情绪走向", "Course of mood";
    course_says: "最近 {} 条消息：{}。{}", "The latest {} messages: {}. {}";
    handed_over: "转人工的原因", "Why a person";
    rated: "评分", "Rating";
    of_five: "{} / 5", "{} of 5";
    tried: "试过的回答", "What was tried";
    tried_none: "助手还没有答过。", "The assistant has not answered yet.";
    unknown: "未知", "unknown";
    no_sources: "没有用到知识", "no entry used";

    trace_candidates: "考虑过的知识", "Entries considered";
    trace_times: "用时", "Time";
    trace_total: "合计", "Total";
    trace_versions: "知识第 {} 版 · 策略 {}", "Knowledge version {} · policy {}";
    trace_used: "用了", "used";
    trace_question: "读到的问题", "The question as read";
    trace_read_as: "照「{}」理解。", "Taken to mean “{}”.";
    trace_context: "当作「{}」来查。", "It was searched as “{}”.";
    trace_for: "支持：{}", "For: {}";
    trace_against: "反对：{}", "Against: {}";
    trace_model: "问了语言模型 {}（读 {}、写 {} token）：{}", "Asked the model {} ({} tokens read, {} written): {}";
    trace_reranked: "外接的重排模型 {} 看了 {} 条候选，参与了排序。", "The plugged reranker {} looked at {} candidates and had a say in their order.";
    trace_rerank_failed: "外接的重排模型 {} 没有给出排序（{}），用的是内置的排序。", "The plugged reranker {} gave no order ({}); the built-in one stood.";
    trace_model_failed: "问了语言模型 {}，没有用上：{}。", "Asked the model {}, to no avail: {}.";
    trace_check: "删去了 {} 句：{}。{}", "Cut {}, {}: {}";
    models: "语言模型", "Language models";
    models_none: "没有接语言模型，回答都来自知识原文。要接入，在 frontdesk.toml 里加一节 [[models.chat]]，发 HUP 信号即可生效。", "None; all answers are the knowledge's own words. To add one, write a [[models.chat]] section in frontdesk.toml and send the HUP signal.";
    models_how: "知识里没有现成答案时，按顺序请它们来写；每句话核对过才给顾客看。", "Where no entry fits exactly they are asked to write, in this order; every sentence is checked before a customer sees it.";
    models_rerank: "重排模型", "Reranker";
    models_rerank_how: "外接的重排模型看一遍候选，调整先后；每个位置的可能性不变。它慢了或坏了，就用内置的排序。", "It looks at the candidates and has a say in their order; each place stays as probable as it was. When it is slow or fails, the built-in order stands.";
    models_spent: "花费", "Spent";
    models_tokens: "token", "tokens";
    models_money: "金额", "money";
    models_of: "{}，上限 {}", "{} of {}";

    knowledge_search: "搜标题、问法、答案和编号", "Search titles, phrasings, answers, ids";
    all_categories: "全部分类", "All categories";
    no_category: "没有分类", "No category";
    more_categories: "还有 {} 个分类，用搜索来找", "{} more, found by searching";
    open_branch: "展开或收起{}", "Open or close {}";
    all_kinds: "全部类型", "All kinds";
    kind: "类型", "Kind";
    category: "分类", "Category";
    kind_answer: "问答", "Question";
    kind_article: "文章", "Article";
    new_entry: "新条目", "New entry";
    entries_count: "{} 条", "{} entries";
    changed: "更新于", "Changed";
    no_entries: "没有找到条目", "No entries found";
    no_entries_next: "换个词，或放宽分类。", "Try another word or a wider category.";
    no_knowledge: "还没有知识", "No knowledge yet";
    no_knowledge_next: "新建第一条，或者导入文件。", "Write the first entry, or import a file.";
    try_title: "试一问", "Try a question";
    try_hint: "像顾客那样问，看会怎样回答、为什么。不会留下记录。", "Ask as a customer would and see the answer and why. Nothing is recorded.";
    try_place: "例如：退货运费谁出", "For example: who pays for returns";
    try_button: "试试", "Try";
    try_answer: "会这样回答", "The answer would be";
    removed: "已删除，立即生效。", "Removed, in effect now.";
    saved: "已保存，立即生效。", "Saved, in effect now.";
    read_only: "只有编辑和负责人可以修改。", "Only editors and owners may change this.";
    question: "问题", "Question";
    phrasings: "其他问法（每行一个）", "Other phrasings (one per line)";
    answer: "回答", "Answer";
    answer_hint: "支持 Markdown：列表、**加粗**、[链接](https://…)。文章用 ## 分节。{订单金额|金额见订单页} 这样的位置填顾客自己的资料，竖线后是查不到时的说法；可用姓名、订单号、订单状态、订单金额、下单日期、预计送达等。", "Markdown: lists, **bold**, [links](https://…). Articles use ## for sections. A place such as {order.amount|see your order} is filled from the customer's record, with the words after the bar where it is not known: name, order.id, order.status, order.amount, order.date and others.";
    preview: "预览", "Preview";
    preview_empty: "这里显示顾客看到的样子。", "This is what customers will see.";
    category_hint: "用 / 分层，如 订单/退货", "Levels by /, as orders/returns";
    tags: "标签（用逗号隔开）", "Tags (separated by commas)";
    source: "来源", "Source";
    zh: "中文", "Chinese";
    en: "英文", "English";
    both_or_one: "至少写一种语言；写了问题就要写回答。", "Write at least one language; a question needs its answer.";
    incomplete: "没有保存：每种语言都要有问题和回答，不用的语言请整栏留空。", "Not saved: each language needs a question and an answer; leave a language empty if it is not used.";
    overwritten: "没有保存：这条知识刚被改过。下面是刚才写的内容；再保存一次会盖掉对方的修改。", "Not saved: this entry was changed a moment ago. Your text is below; saving again replaces the other change.";
    open_help: "顾客看到的页面", "The page customers see";

    intents: "意图", "Intents";
    intents_intro: "顾客想要什么：来自知识的分类，也可以自己加例句。", "What customers want: from the categories of the knowledge, and from your own examples.";
    ways_of_asking: "知识里 {} 种问法", "{} ways of asking in the knowledge";
    own_examples: "自己的例句 {} 句", "{} own examples";
    not_learnt: "还没有学会", "not learnt yet";
    no_intents: "还没有意图", "No intents yet";
    no_intents_next: "有分类的知识会自己成为意图；也可以在下面写例句。有两个以上才能分辨。", "Entries with a category become intents by themselves; examples can be written below. It takes two to tell apart.";
    new_intent: "新意图", "New intent";
    intent_name: "名字", "Name";
    examples: "顾客会怎么说（每行一句）", "What customers say (one per line)";
    add: "添加", "Add";
    taught: "已保存，几秒后学会。", "Saved; it is learnt within seconds.";
    untaught: "已删除，几秒后不再照它学。", "Removed; within seconds it no longer counts.";
    no_own_examples: "还没有自己的例句", "No examples of your own yet";
    no_own_examples_next: "写几句顾客会说的话，就能认得更准。", "A few things that customers say make it recognise more.";
    no_example: "没有保存：至少写一句。", "Not saved: write at least one line.";
    bad_example: "没有保存：名字要有 1 到 64 个字，每句要有 1 到 500 个字。", "Not saved: a name has 1 to 64 characters, an example 1 to 500.";
    recognise: "试一句", "Try a message";
    recognise_hint: "像顾客那样说，一句里有几件事也行，看认出什么意图、有几分把握。不会留下记录。", "Write as a customer would, several wishes at once if you like, and see which intents are recognised, and how surely. Nothing is recorded.";
    recognise_place: "例如：快递到哪了", "For example: where is my parcel";
    recognised_nothing: "没有认出意图。", "No intent was recognised.";

    check_up: "体检", "Check-up";
    check_up_intro: "说法矛盾、过期、重复、失效链接和个人信息：在后台检查，改完几秒后更新。", "Contradictions, what has expired, duplicates, dead links and personal data: checked in the background, seconds after a change.";
    findings_count: "{} 项", "{} findings";
    findings_crowded: "有 {} 条和许多条目几乎一样，只与最接近的比较过，可能还有没找到的。", "{} entries are nearly like many others and were compared with the nearest only: there may be more to find.";
    findings_unasked: "知识很多：有 {} 对相似的条目没有细看。", "The knowledge is large: {} pairs of entries that are alike were not looked into.";
    all_findings: "所有问题", "All findings";
    severity: "程度", "Severity";
    all_severities: "所有程度", "All severities";
    severity_error: "错误", "Error";
    severity_warning: "警告", "Warning";
    severity_hint: "提醒", "Hint";
    finding_state: "状态", "State";
    findings_open: "待处理", "Open";
    findings_settled: "已处理", "Settled";
    not_checked: "正在检查，几秒后再来。", "Being checked; come back in a few seconds.";
    nothing_found: "没有发现问题。", "Nothing was found.";
    nothing_of_kind: "没有这一类问题。", "Nothing of this kind.";
    settle: "标记为已处理", "Settle";
    settle_reason: "为什么（可不填）", "Why (optional)";
    settled_by: "{} 处理于 {}：{}", "Settled by {}, {}: {}";
    settled_unsaid: "已核对", "checked";
    reopen: "重新打开", "Open again";
    edit_entry: "去修改", "Edit the entry";
    fix_phrasing: "去掉这个问法", "Remove this phrasing";
    fix_merge: "合并到另一条", "Merge into the other";
    fix_unlink: "去掉链接，保留文字", "Keep the words, drop the link";
    finding_settled: "已处理；文字改动之前不会再出现。", "Settled; it does not come back until the text changes.";
    finding_fixed: "已改好，立即生效。", "Put right, in effect now.";
    finding_reopened: "已重新打开。", "Open again.";
    try_links: "检查外部链接", "Try links outside";
    links_tried: "已逐个打开外部链接，打不开的列在下面。", "All links outside were tried; those that failed are listed below.";
    links_last: "上次检查：", "Last tried:";
    links_never: "还没有检查过", "Not tried yet";
    asked: "问", "Asked";
    answered: "答", "Answered";
    helped: "有帮助", "Helped";
    harmed: "没帮助", "Harmed";
    last_used: "最近用到", "Last used";
    trend: "28 天内 {}", "{} in 28 days";
    trend_new: "28 天内新增 {} 次", "{} new in 28 days";
    sort: "排序", "Sort";
    sort_title: "按标题", "By title";
    sort_asked: "问得最多", "Most asked";
    sort_answered: "答得最多", "Most answered";
    sort_helped: "最有帮助", "Most helpful";
    sort_harmed: "最没帮助", "Most harmful";
    sort_used: "最近用到", "Last used";

    team_intro: "一人一个账号。登录用一次性链接，没有密码。", "One account each. Signing in takes a one-time link, no password.";
    invite: "邀请同事", "Invite a colleague";
    name: "名字", "Name";
    name_hint: "顾客和同事会看到", "Customers and colleagues see it";
    role: "角色", "Role";
    invite_button: "生成链接", "Make a link";
    new_link: "新链接", "New link";
    let_go: "移除", "Remove";
    let_go_twice: "再按一次移除", "Press again to remove";
    is_me: "自己", "you";
    link_for: "给 {} 的登录链接", "Sign-in link for {}";
    link_once: "只显示这一次，24 小时内有效，用一次就失效。请当面或私下发送。", "Shown only now, valid for 24 hours, works once. Send it in private.";
    copy: "复制", "Copy";
    copied: "已复制", "Copied";
    bad_name: "名字要有 1 到 60 个字。", "A name has between 1 and 60 characters.";
    last_owner: "最后一位负责人不能移除。", "The last owner cannot be removed.";

    desk_language: "工作台语言", "Language of the desk";
    language_saved: "语言已更改。", "The language was changed.";
    account: "账号", "Account";
    embed: "放到网站上", "Put it on a website";
    embed_how: "把这一行放在网页的 </body> 之前。", "Put this line before </body> of the page.";
    elsewhere: "其他设置", "Everything else";
    elsewhere_how: "店名、欢迎语、颜色、限额和渠道写在服务器的 frontdesk.toml，改后重启生效。", "The shop's name, greeting, colour, limits and channels are in frontdesk.toml on the server; restart after a change.";
    keys: "快捷键", "Keys";
    key_next: "下一个会话", "next conversation";
    key_previous: "上一个会话", "previous conversation";
    key_write: "写回复", "write a reply";
    key_leave: "离开输入框", "leave the box";

    role_agent: "客服：接待顾客，查看知识", "Agent: serves customers, reads knowledge";
    role_editor: "编辑：还可以修改知识", "Editor: also changes knowledge";
    role_owner: "负责人：还可以管理同事", "Owner: also manages the team";

    offline: "连接断开，正在重连。显示的可能不是最新。", "Connection lost, reconnecting. This may be out of date.";
    not_sent: "没有发送成功，内容还在，请再试一次。", "Not sent. The text is kept; try again.";
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        lang.pick(&ZH, &EN)
    }
}

codes! {
    /// Why a product was recommended.
    advised {
        "bought" => "买过的东西", "what they bought";
        "beside" => "问到的商品", "the product they ask about";
        "gift" => "送给的人", "whom it is for";
        "budget" => "价格", "the price";
        "words" => "说的话", "what they said";
        "liked" => "喜好", "what they like";
        "pinned" => "店主的规则", "the owner's rule";
        "popular" => "销量", "what sells";
    }
    /// How a customer feels.
    mood {
        "positive" => "满意", "pleased";
        "neutral" => "平静", "calm";
        "negative" => "不满", "unhappy";
        "angry" => "生气", "angry";
    }
    /// How satisfied a customer seems with a conversation.
    satisfied {
        "positive" => "满意", "satisfied";
        "neutral" => "一般", "neither way";
        "negative" => "不满意", "dissatisfied";
    }
    /// Where the mood of a conversation goes.
    turn {
        "better" => "在转好", "getting better";
        "worse" => "在转差", "getting worse";
        "steady" => "平稳", "steady";
    }
    /// What else shows in a message.
    mark {
        "urgent" => "着急", "urgent";
        "complaint" => "投诉", "complaint";
        "attack" => "疑似指令注入", "tries to instruct the assistant";
    }
    /// Who has the word.
    stage {
        "assistant" => "AI 助手接待中", "With the assistant";
        "waiting" => "等待人工", "Waiting for a person";
        "agent" => "人工接待中", "With a person";
        "closed" => "已关闭", "Closed";
    }
    /// The rung that answered.
    rung {
        "smalltalk" => "寒暄", "Small talk";
        "exact" => "原文回答", "Verbatim answer";
        "suggest" => "给出选项", "Choices";
        "composed" => "摘自文章", "From an article";
        "generated" => "模型撰写", "Generated";
        "clarify" => "反问", "Asked back";
        "action" => "办理", "Action";
        "advice" => "推荐商品", "Recommendation";
        "catalogue" => "商品目录里的", "From the catalogue";
        "handover" => "转人工", "Hand-over";
        "refuse" => "不知道", "Did not know";
    }
    /// Why a person was brought in.
    handover {
        "asked" => "顾客要求人工", "The customer asked";
        "not_helpful" => "回答没有帮助", "The answer did not help";
        "unknown" => "助手不知道", "The assistant did not know";
        "upset" => "顾客不满", "The customer is upset";
        "failure" => "助手出错", "The assistant failed";
        "duty" => "按分工表由人工处理", "The duty table leaves it to a person";
        "stepped_in" => "同事主动接手", "A colleague stepped in";
    }
    /// Intents that are no category of the owner's.
    intent {
        "person" => "找人工", "a person";
        "empty" => "空消息", "nothing";
        "wordless" => "表情", "emoji";
        "greeting" => "打招呼", "greeting";
        "thanks" => "道谢", "thanks";
        "goodbye" => "道别", "goodbye";
        "about_bot" => "问是不是机器人", "are you a bot";
        "assent" => "应答", "assent";
        "oos" => "与本店无关", "none of ours";
    }
    /// Categories that many shops have, as their knowledge names them.
    category {
        "accounts" => "账号", "Accounts";
        "care" => "使用与保养", "Care";
        "complaints" => "投诉", "Complaints";
        "delivery" => "配送", "Delivery";
        "invoice" | "invoices" => "发票", "Invoices";
        "membership" => "会员", "Membership";
        "orders" => "订单", "Orders";
        "payment" => "支付", "Payment";
        "privacy" => "隐私", "Privacy";
        "refund" | "refunds" => "退款", "Refunds";
        "returns" => "退换货", "Returns";
        "shipping" => "物流", "Shipping";
        "shop" => "店铺", "The shop";
        "warranty" => "保修", "Warranty";
    }
    /// What was wrong with an answer.
    reason {
        "wrong" => "说错了", "wrong";
        "outdated" => "过时了", "outdated";
        "incomplete" => "不完整", "incomplete";
        "off_topic" => "答非所问", "off topic";
        "other" => "其他", "other";
    }
    /// The language of a message.
    language {
        "zh" => "中文", "Chinese";
        "en" => "英文", "English";
        "mixed" => "中英混合", "Chinese and English";
        "other" => "其他语言", "another language";
    }
    /// Channels that are always there.
    channel {
        "widget" => "网站", "Website";
        "cli" => "命令行", "Command line";
    }
    /// Facts found in a message.
    fact {
        "email" => "邮箱", "an email address";
        "phone" => "电话", "a phone number";
        "id_card" => "身份证号", "an id number";
        "bank_card" => "银行卡号", "a card number";
        "iban" => "国际银行账号", "a bank account";
        "ssn" => "社会安全号", "a social security number";
        "driver_licence" => "驾照号", "a driver's licence";
        "ip" => "IP 地址", "an internet address";
        "address" => "地址", "a postal address";
        "plate" => "车牌号", "a licence plate";
        "person" => "姓名", "a name";
        "order" => "订单号", "an order number";
        "parcel" => "快递单号", "a parcel number";
        "amount" => "金额", "a sum";
        "date" => "时间", "a date";
        "product" => "商品", "a product";
    }
    /// The stages of an answer.
    step {
        "read" => "读懂", "reading";
        "search" => "检索", "searching";
        "decide" => "判断", "deciding";
        "advise" => "推荐", "advice";
        "compose" => "成文", "wording";
        "model" => "语言模型", "language model";
    }
    /// How a model stands.
    breaker {
        "closed" => "正常", "up";
        "open" => "连续失败，暂停使用", "failing, left alone for a while";
        "half_open" => "正在试探是否恢复", "being tried again";
    }
    /// How a reranker stands.
    reranker {
        "serves" => "正常", "up";
        "rests" => "连续失败，暂停使用", "failing, left alone for a while";
        "untold" => "分不出对错，没有采用", "tells right from wrong in no language; not heard";
        "trying" => "正在试用", "being tried";
        "fails" => "试用失败，没有采用", "failed at its trial; not heard";
    }
    /// What is added up.
    period {
        "day" => "今天", "today";
        "month" => "本月", "this month";
    }
    /// Why a model's reply was not used, or a sentence of it cut; and what a budget is for.
    model_trouble {
        "unreachable" => "连不上", "it could not be reached";
        "late" => "太慢", "it took too long";
        "busy" => "服务繁忙或出错", "its server was busy or broken";
        "refused" => "服务拒绝了请求", "its server refused";
        "resting" => "连续失败，暂停使用", "it failed again and again and is left alone for a while";
        "broke" => "写到一半服务出错", "its server failed in the middle";
        "rubbish" => "回复看不懂", "its reply was not understood";
        "too_much" => "回复过长", "its reply had no end";
        "unwanted" => "顾客又说了话，或有人接手", "the conversation had moved on";
    }
    check {
        "repeated" => "重复", "said before";
        "uncited" => "没有标出处", "without a source";
        "number" => "数字和出处不符", "with figures that the source does not hold";
        "address" => "链接或标记不在出处里", "with an address or markup that the source does not hold";
        "date" => "日期或时间和出处不符", "with a date or time that the source does not hold";
        "name" => "名称不在出处里", "with a name that the source does not hold";
        "negation" => "与出处的肯定或否定相反", "denying what the source says, or the other way round";
        "promise" => "出处里没有的承诺或优惠", "with a promise or price that the source does not make";
        "link" => "链接不在资料或名单里", "with a link that is neither in the knowledge nor on the list";
        "markup" => "含有标记代码", "with markup";
        "secret" => "含有密钥或内部指令", "with a key or words of our own instructions";
        "personal" => "含有他人的个人信息", "with somebody else's personal data";
        "meaning" => "出处里没有这个意思", "that the source does not say";
        "words" => "意思不在出处里", "not in the words of the source";
        "check_failed" => "核对时出错", "that could not be checked";
        "model_resting" => "语言模型之前连续失败，正在休息，没有问它。", "A model rests after failing again and again; it was not asked.";
        "budget_conversation" => "这个会话的模型预算用完了，没有问语言模型。", "This conversation's budget is used up; no model was asked.";
        "budget_customer" => "这位顾客今天的模型预算用完了，没有问语言模型。", "This customer's budget of today is used up; no model was asked.";
        "budget_day" => "今天的模型预算用完了，没有问语言模型。", "Today's budget is used up; no model was asked.";
        "budget_month" => "本月的模型预算用完了，没有问语言模型。", "This month's budget is used up; no model was asked.";
        "budget_unknown" => "模型预算读不出来，没有问语言模型。", "The budget could not be read; no model was asked.";
    }
    /// Why this rung: what the machine concluded, as the last sentence of the story.
    because {
        "asked_for_person" => "顾客要人工，所以转人工，不再查知识。", "The customer wants a person, so one was asked for without a search.";
        "empty" => "消息是空的，所以请顾客说明。", "The message was empty, so the customer was asked to say more.";
        "wordless" => "只有表情或标点，所以请顾客用文字说明。", "Only emoji or punctuation, so the customer was asked for words.";
        "greeting" => "只是打招呼，所以回以问候，不查知识。", "Only a greeting, so it was returned without a search.";
        "thanks" => "只是道谢，所以客气回应，不查知识。", "Only thanks, so they were returned without a search.";
        "goodbye" => "只是道别，所以道别，不查知识。", "Only a goodbye, so it was returned without a search.";
        "about_bot" => "问是不是机器人，所以如实说明。", "Asked whether this is a bot, so the truth was told.";
        "assent" => "只是应答，没有问题要答。", "Only an assent; there was nothing to answer.";
        "nothing_found" => "知识里没有相近的条目，所以如实说不知道。", "Nothing in the knowledge comes close, so it said that it does not know.";
        "nothing_fits" => "没有一条够得上给选项的线，所以如实说不知道。", "No entry reached the line for choices, so it said that it does not know.";
        "recommended" => "顾客要推荐，所以从商品里挑。", "The customer asked for advice, so products were chosen.";
        "told_by_catalogue" => "问的是一件商品，商品目录里写着，照着说。", "The question is about a product, and the catalogue says so: told as it stands there.";
        "another_material" => "最接近的答案讲的是别的材质，而商品目录里写着这件商品是什么做的，所以没有直接回答。", "The closest answer is about another material than what the catalogue says this product is made of, so it was not given.";
        "catalogue_is_silent" => "问的是一件商品，但商品目录里没有写这一点，所以如实说。", "The question is about a product, but the catalogue does not say this, and that is said.";
        "nothing_to_recommend" => "顾客要推荐，但没有一件符合条件，所以如实说没有。", "The customer asked for advice, but nothing fits, and that is said.";
        "same_words" => "问法和条目几乎一字不差，所以直接给出原文。", "The question is the entry's own words, so its answer was given verbatim.";
        "same_words_twice" => "不止一条的问法与它相同，所以给出选项而不猜。", "More than one entry has the same words, so choices were offered instead of a guess.";
        "of_its_kind" => "知识没有单独讲这件商品，按它这一类的说法来回答。", "The knowledge does not speak of this product by itself, so what holds of its kind was said.";
        "probably_right" => "过了回答的线，所以照知识回答。", "It passed the line for answering, so the entry was given.";
        "equally_likely" => "有两条差不多可能，所以只问一句，请顾客定。", "Two entries are about equally likely, so the customer was asked once which is meant.";
        "asked_already" => "刚问过一次，不再追问：照更可能的一条回答，另一条放在旁边。", "It had asked back just before and does not ask twice: the likelier entry was given, with the other beside it.";
        "picked" => "顾客选了给出的选项，所以照选项回答。", "The customer picked one of the choices, so that one was answered.";
        "none_of_these" => "顾客说都不是，所以请顾客换个说法或转人工。", "The customer meant none of the choices, so they were asked to put it another way or talk to a person.";
        "took_the_offer" => "刚才问过要不要转人工，顾客说要，所以转人工。", "A person had just been offered and the customer said yes, so one was asked for.";
        "several_questions" => "一条消息里有几个问题，所以逐个回答。", "The message asks several things, so each was answered in turn.";
        "said_again" => "顾客又问了同样的话，所以再答一遍，并给出其他可能和人工。", "The customer asked the same again, so it was answered again, with other entries and a person beside it.";
        "same_answer" => "和上一个问题是同一条答案，所以说明是同一条，并给出人工。", "The answer is the same as to the question before, which was said, with a person beside it.";
        "said_there" => "刚才的答案里说到了，所以引用其中的话。", "The answer just given speaks of it, so its words were quoted.";
        "another_way" => "顾客说没有帮助，所以换其他条目试试。", "The customer said that it did not help, so other entries were tried.";
        "going_round" => "再答也是绕圈子，所以请人工。", "It was going round in circles, so a person was offered or asked for.";
        "written" => "没有现成的答案，由语言模型根据知识写成，逐句核对过。", "No entry fitted exactly, so a model wrote from the knowledge, and every sentence was checked.";
        "praised" => "顾客没有提问，只是夸奖。", "The customer asked nothing and praised.";
        "told_of_themselves" => "顾客没有提问，只说了自己的情况：已记进客户资料。", "The customer asked nothing and told something of themselves: it is kept in their profile.";
        "names_category" => "顾客只说了一个分类的名称，所以请顾客在这个分类里选。", "The customer named a category and no more, so they were asked to choose within it.";
        "not_sure" => "够得上给选项，还不够直接回答，所以请顾客选。", "Enough to offer, not enough to answer, so the customer was asked to choose.";
        "person_only" => "按分工表这个话题只由人工处理，所以转人工。", "The duty table leaves this topic to people, so one was asked for.";
        "action_asking" => "顾客要办事，还缺一项信息，所以问了一句。", "The customer wants something done and one thing is missing, so it was asked for.";
        "action_confirming" => "会改动数据，所以先请顾客确认。", "It changes something, so the customer was asked first.";
        "action_not_confirmed" => "没有得到确认，所以没有办理。", "There was no clear yes, so nothing was done.";
        "action_cancelled" => "顾客不办了，什么都没有改动。", "The customer said no; nothing was changed.";
        "action_not_signed_in" => "涉及个人订单，而顾客没有登录，所以说明怎么登录。", "It is about the customer's own orders and nobody is signed in, so it was said how.";
        "action_not_understood" => "问了两次还是没看懂，所以转人工。", "Asked twice without a usable answer, so a person was asked for.";
        "action_too_many_tries" => "一小时内这笔订单的电话后四位错了太多次，所以转人工。", "Too many wrong phone numbers for this order within an hour, so a person was asked for.";
        "action_person_only" => "按分工表这件事只由人工办，所以转人工。", "The duty table leaves this to people, so one was asked for.";
        "action_asked_already" => "同一件事已经在等人工同意，没有再提交一次。", "The same already waits for a person's yes, so it was not sent again.";
        "action_proposed" => "顾客已确认，按分工表还要人工同意。", "The customer said yes; the duty table asks for a person's, too.";
        "action_queued" => "交给对方系统办理。", "Handed to the other system.";
        "action_done" => "对方系统已给出结果。", "The other system answered.";
        "action_not_found" => "对方系统没有这笔订单，或它不属于这位顾客。", "The other system has no such order, or it is not this customer's.";
        "action_refused" => "对方系统不允许这样办。", "The other system does not allow it.";
        "action_failed" => "对方系统没有给出可用的结果，所以转人工。", "The other system gave no usable answer, so a person was asked for.";
        "action_in_doubt" => "请求发出后没有结果，不能确定是否办成，所以请人核实。", "No result came back and it may have been done, so a person was asked to find out.";
    }
    /// What speaks for or against an entry: neutral nouns, since each may do either.
    feature {
        "rank" => "总体接近程度", "overall closeness";
        "margin" => "与其他条目的差距", "the distance to the others";
        "odds" => "在所有候选里的胜算", "its chances among all entries";
        "first" => "是否排在最前", "whether it comes first";
        "covered" => "问题用词的对应", "the question's words";
        "covering" => "条目用词的对应", "the entry's words";
        "overlap" => "用词重合", "shared words";
        "shape" => "字形", "spelling";
        "shape_covered" => "问题用字的对应", "the question's letters";
        "shape_covering" => "条目用字的对应", "the entry's letters";
        "run" => "连续相同的字", "a common run of letters";
        "same" => "问法是否相同", "whether the question is the same";
        "second" => "另一种问法", "a second phrasing";
        "anywhere" => "词在条目里的出现", "its words in the entry";
        "concepts" => "同义的说法", "words of the same meaning";
        "concepts_back" => "多出来的意思", "meaning beside the point";
        "meaning" => "意思与问法的接近程度", "closeness in meaning";
        "meaning_margin" => "意思上与其他条目的差距", "how much closer in meaning than the next entry";
        "meaning_answer" => "意思与回答的接近程度", "closeness in meaning to the answer";
        "meaning_centre" => "意思与整个条目的接近程度", "closeness in meaning to the whole entry";
        "like" => "逐词对照", "word by word";
        "like_covered" => "问题里有对应的词", "the question's words with a match";
        "like_covering" => "问法里有对应的词", "the entry's words with a match";
        "like_missed" => "关键词有没有对应", "whether telling words have a match";
        "phrasings" => "写有多少问法", "how many phrasings are written";
        "told" => "问题是不是一段经过", "whether the question is told as a story";
        "bare" => "条目有没有问法", "whether the entry has phrasings";
        "section" => "是不是文章的一节", "whether it is a section of an article";
        "foreign" => "条目的语言", "the entry's language";
        "reranker" => "重排模型", "the reranker";
        "another_thing" => "问的东西条目里有没有", "whether the entry names the thing that is asked about";
        "lacking" => "是否缺少关键词", "whether it lacks telling words";
        "elsewhere" => "是否提到别家的名称或别的行业", "whether it names what belongs elsewhere";
        "stranger" => "像不像问别家的问题", "how much it sounds like a question for others";
        "stranger_margin" => "更像自家的问题还是别家的", "closer to our questions than to those for others";
        "unknown" => "有没有没见过的词", "whether words were never seen";
        "length" => "问题的长短", "the length of the question";
        "present" => "这类条目通常的把握", "how often such entries are right";
        "said" => "回答里的用词", "the answer's words";
        "asks" => "问法的类型", "the kind of question";
        "numbers" => "数字", "numbers";
        "denial" => "肯定与否定", "affirmed or denied";
    }
    /// How a document of a source stands.
    document_status {
        "read" => "已读取", "read";
        "missing" => "网页不存在", "no such page";
        "http" => "服务器报错", "the server refused";
        "robots" => "robots.txt 不允许", "robots.txt does not allow it";
        "private" => "指向内部网络，没有读取", "leads into a private network; not read";
        "elsewhere" => "跳到别的网站，没有读取", "leads to another site; not read";
        "unreachable" => "连接不上", "cannot be reached";
        "large" => "太大，没有读取", "too large; not read";
        "redirects" => "跳转太多", "too many redirects";
        "repeated" => "与另一篇相同", "the same as another";
        "unreadable" => "读不出内容", "cannot be read";
        "unlisted" => "站点地图里已经没有", "no longer in the sitemap";
    }
    /// What is to be said of a document beside how it stands.
    document_note {
        "unread" => "没有读出", "not read";
        "kept" => "来源也改了，保留了同事的修改", "the source changed too; the edit made here was kept";
        "removed_here" => "已在这里删除，不再带回", "removed here; not brought back";
        "orphan" => "文档已不在，条目改过所以保留", "the document is gone; the entry was edited here and stays";
    }
    /// A trouble's title, by code.
    trouble {
        "not_found" => "这里没有内容", "There is nothing here";
        "forbidden" => "没有权限做这一步", "This is not allowed";
        "stale_form" => "没有执行：请求不是从这个页面发出的", "Not done: the request did not come from this page";
        "rate_limited" => "太频繁了", "Too many tries";
        "unavailable" => "暂时存取不了数据", "The data cannot be reached right now";
        "busy" => "会话变化太快，没有写入", "The conversation is changing too fast; nothing was written";
        "bad_request" => "看不懂这个请求", "The request makes no sense";
        "too_long" => "内容太长", "Too much text";
        "red" => "没有发布：测试题没有全对", "Not published: not all test questions are right";
        "outdated" => "没有发布：草稿写好后条目又被改过", "Not published: the entry was changed after the draft was written";
        "needs_review" => "没有发布：自己写的要由另一人发布", "Not published: somebody else must publish what one wrote";
        "last_owner" => "最后一位负责人不能移除", "The last owner cannot be removed";
    }
    /// What to do about it, by code.
    remedy {
        "not_found" => "可能已经移走，或地址不完整。回到收件再找。", "It may have moved, or the address is incomplete. Look for it from the inbox.";
        "forbidden" => "请负责人来做，或请负责人调整角色。", "Ask an owner to do it, or to change the role.";
        "stale_form" => "页面可能开得太久。返回、刷新后再做一次。", "The page may have been open too long. Go back, reload and try again.";
        "rate_limited" => "请过一分钟再试。", "Try again in a minute.";
        "unavailable" => "什么都没有丢。过一会儿再试；一直这样时请管理员看服务器日志。", "Nothing was lost. Try again shortly; if it stays, ask the administrator to read the server's log.";
        "busy" => "返回后再做一次。", "Go back and try again.";
        "bad_request" => "返回、刷新后再试。", "Go back, reload and try again.";
        "too_long" => "返回后缩短再保存。", "Go back and shorten it.";
        "red" => "到草稿页看结果，改好后再发布。", "Look at the result in the drafts, put it right and publish again.";
        "outdated" => "打开草稿，对照两边再保存一次。", "Open the draft, compare both and save again.";
        "needs_review" => "在草稿页提交审核。", "Submit it for review in the drafts.";
        "last_owner" => "先让另一位同事当负责人。", "Make another colleague an owner first.";
    }
}

/// Puts values where the pattern has `{}`, in order.
pub(crate) fn fill(pattern: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut parts = pattern.split("{}");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(values.next().copied().unwrap_or_default());
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_places_in_order() {
        assert_eq!(fill("知识第 {} 版 · 策略 {}", &["7", "2026-01"]), "知识第 7 版 · 策略 2026-01");
        assert_eq!(fill("{} 已接手", &["李{}雷"]), "李{}雷 已接手", "a value is never a pattern");
    }

    #[test]
    fn whatever_the_model_weighs_has_plain_words() {
        let model: serde_json::Value =
            serde_json::from_str(include_str!("../../../knowledge/models/rank.json")).unwrap();
        let values = model["probability"]["values"].as_array().unwrap().iter();
        let names: Vec<&str> = values.map(|name| name.as_str().unwrap()).collect();
        assert!(names.contains(&"odds"), "{names:?}");
        for name in names.into_iter().chain(["present"]) {
            for lang in Lang::ALL {
                assert!(feature(lang, name).is_some(), "{name} in {}", lang.code());
            }
        }
    }

    #[test]
    fn a_code_that_nobody_worded_is_not_hidden() {
        assert_eq!(because(Lang::Zh, "new_reason"), None);
    }
}
