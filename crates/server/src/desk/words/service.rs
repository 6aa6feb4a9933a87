//! The words around customers, actions and the duty table, Chinese and English side by side.

use domain::Lang;

words! {
    profile: "资料", "Profile";
    open_profile: "完整资料", "Full profile";
    verified: "已登录本店，编号 {}", "Signed in at the shop as {}";
    not_verified: "未验证", "Not verified";
    signed: "店铺签名", "signed by the shop";
    learnt: "顾客说的", "said by the customer";
    by_agent: "{} 填写", "written by {}";
    by_customer: "顾客撤回", "taken back by the customer";
    orders: "订单", "Orders";
    no_orders: "还没有查过订单。", "No order has been looked up.";
    fetched: "查询于", "Looked up";
    facts: "已知信息", "What is known";
    no_facts: "还没有记下什么。顾客在对话里说的尺码、颜色、收货习惯会记在这里。", "Nothing is noted yet. Sizes, colours and habits that the customer tells of appear here.";
    add_fact: "添加或更正", "Add or correct";
    fact_name: "名称", "Name";
    fact_value: "内容", "Value";
    save: "保存", "Save";
    erase: "删除", "Erase";
    forget: "忘记这位顾客", "Forget this customer";
    forget_says: "删除资料、身份、订单和联系方式，无法恢复；记录里只留下谁在什么时候删的。", "Erases profile, identity, orders and contact for good; the record keeps who did it and when.";
    forget_words: "连同对话内容", "What was said, too";
    forget_twice: "再按一次就删除", "Press again to erase";
    forgotten: "已删除。", "Erased.";
    saved: "已保存。", "Saved.";
    events: "资料的变更记录", "What was done to this profile";
    conversations: "会话", "Conversations";

    proposal: "建议回复", "Drafted reply";
    proposal_why: "「{}」按分工表由人工发送", "The duty table leaves “{}” to a person";
    send: "发送", "Send";
    discard: "不用", "Discard";
    recommended: "商品", "Products";
    actions: "办理", "Actions";
    agree: "同意办理", "Do it";
    decline: "不办", "Do not";
    was_done: "已办成", "It was done";
    try_again: "用同一编号再试", "Try again under the same number";
    why_asks: "顾客已确认，按分工表还要人工同意。", "The customer has said yes; the duty table asks for a person's, too.";
    why_doubt: "请求发出后没有收到结果，可能办成了也可能没有。先到对方系统里核实。", "No result came back: it may or may not have been done. Look in the other system first.";

    duty: "分工表", "Duty table";
    duty_intro: "每个话题由谁回答，由程序强制执行。一句话涉及几个话题时按最严的一条。", "Who answers which topic, enforced by the program. Where a message touches several, the strictest holds.";
    who: "由谁回答", "Who answers";
    why: "为什么改", "Why";
        everything_else: "其他所有话题", "Everything else";
    default_row: "按默认", "as everything else";
    take_away: "恢复默认", "as everything else";
    duty_saved: "已更改，从下一条消息起生效。", "Changed; it holds from the next message on.";
    duty_owner: "只有负责人可以更改。", "Only owners can change it.";
    duty_history: "更改记录", "Changes";
    no_changes: "还没有更改过。", "Nothing was ever changed.";
    action_name: "办理：{}", "Action: {}";
}

codes! {
    /// Who answers.
    duty {
        "alone" => "助手直接回答", "The assistant alone";
        "draft" => "助手起草，人工发送", "The assistant drafts, a person sends";
        "person" => "只由人工", "A person only";
    }
    /// How far a call is.
    call_state {
        "proposed" => "等人工同意", "waits for a person's yes";
        "queued" | "calling" => "正在办", "under way";
        "done" => "已完成", "done";
        "refused" => "对方系统没有办", "declined by the other system";
        "not_found" => "没有查到", "nothing found";
        "failed" => "没有办成", "not done";
        "in_doubt" => "不确定是否办成", "not certain that it was done";
        "discarded" => "没有办理", "decided against";
    }
    /// What was done to a profile.
    event {
        "corrected" => "更正", "corrected";
        "erased" => "删除", "erased";
        "forgotten" => "忘记顾客", "customer forgotten";
        "forgotten_with_words" => "忘记顾客和对话", "customer and conversations forgotten";
    }
    /// Facts that many customers tell of, and that orders have.
    fact_name {
        "name" => "称呼", "Name";
        "size" => "尺码", "Size";
        "colour" => "喜欢的颜色", "Favourite colour";
        "avoids" => "过敏或避免", "Avoids";
        "ship_to" => "寄到", "Ships to";
        "reach_by" => "联系方式偏好", "Prefers to be reached by";
        "language" => "回复语言", "Language of answers";
        "email" => "邮箱", "Email";
        "phone" => "电话", "Phone";
        "member" => "会员等级", "Membership";
        "order" => "订单号", "order";
        "reason" => "原因", "reason";
        "address" => "地址", "address";
        "recipient" => "收件人", "recipient";
        "phone_last4" => "电话后四位", "last four digits of the phone";
        "order.id" => "订单号", "Number";
        "order.status" => "状态", "Status";
        "order.amount" => "金额", "Amount";
        "order.date" => "日期", "Date";
        "order.items" => "商品", "Items";
        "order.parcel" => "物流", "Parcel";
        "order.address" => "地址", "Address";
    }
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        lang.pick(&ZH, &EN)
    }
}
