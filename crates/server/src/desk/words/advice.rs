//! The words around products and recommendations, Chinese and English side by side.

use domain::Lang;

words! {
    products: "商品", "Products";
    advice: "推荐", "Recommendations";
    products_intro: "顾客问推荐时，从这里挑。没有货或关掉的不会推荐。", "What is recommended when customers ask. What is sold out or switched off is not.";
    search: "搜名称、编号和说明", "Search names, ids and descriptions";
    count: "{} 件", "{} products";
    none: "还没有商品", "No products yet";
    none_next: "导入一个表格：编号和名称两列就够，价格、库存、标签、链接有就更好。", "Import a table: the columns id and name are enough; price, stock, tags and link make it better.";
    all: "全部", "All";
    offered: "可推荐", "May be recommended";
    not_offered: "不推荐", "Not recommended";
    sold_out: "缺货", "Sold out";
    off: "已关掉", "Switched off";
    import_products: "导入商品", "Import products";
    import_orders: "导入历史订单", "Import past orders";
    choose_products: "商品表（.csv .xlsx .json .jsonl）", "A table of products (.csv .xlsx .json .jsonl)";
    choose_orders: "订单表，列：订单号、顾客、商品编号、日期", "A table of orders: order, customer, product, date";
    imported: "商品：新 {}，改 {}，不变 {}，没收下 {}", "Products: {} new, {} changed, {} unchanged, {} rejected";
    orders_read: "订单行：新 {}，已有 {}，没收下 {}", "Lines of orders: {} new, {} known, {} rejected";
    rejected: "没收下的行", "Rows that were not taken";
    no_file: "没有选文件。", "No file was chosen.";
    name_zh: "中文名", "Chinese name";
    name_en: "英文名", "English name";
    description_zh: "中文说明", "Chinese description";
    description_en: "英文说明", "English description";
    category: "分类", "Category";
    tags: "标签，用逗号分开：送谁、做什么用、材质", "Labels, by commas: for whom, for what, of what";
    prices: "价格，用逗号分开：129 CNY, 18 USD", "Prices, by commas: 129 CNY, 18 USD";
    url: "链接", "Link";
    in_stock: "有货", "In stock";
    active: "允许推荐", "May be recommended";
    save: "保存", "Save";
    saved: "已保存，立即生效。", "Saved, in effect now.";
    removed: "已删除。", "Removed.";
    remove: "删除", "Remove";
    remove_twice: "再按一次删除", "Press again to remove";
    not_saved: "没有保存：{}", "Not saved: {}";
    source: "来自 {}", "From {}";

    advice_intro: "顾客问推荐时直接回答；没问时，最多顺带一句，投诉、退货、生气、等人时不说。", "Who asks gets an answer; who does not gets one line at most, and none in a complaint, a return, anger or a wait.";
    effect: "推荐有没有用", "Does it sell";
    not_yet: "数据还不够：较小的一组有 {} 位顾客，需要 {} 位。", "Not enough data yet: {} customers in the smaller group, {} are needed.";
    no_orders: "没有订单数据，比不出来。请导入历史订单。", "There are no orders, so nothing can be compared. Import past orders.";
    more: "有推荐的顾客买得更多。", "Customers with recommendations buy more.";
    less: "有推荐的顾客反而买得更少。", "Customers with recommendations buy less.";
    no_difference: "数据够了，看不出差别。", "There is enough data, and no difference shows.";
    shares: "推荐组 {} 位中 {} 位买了推荐的商品，对照组 {} 位中 {} 位。", "{} customers with recommendations, {} of them bought what was recommended; {} without, {} of them bought what would have been.";
    interval: "相差 {} 个百分点（{} 的把握在 {} 到 {} 之间）", "A difference of {} points ({} sure: between {} and {})";
    since: "{}以来，推荐后 {} 天内的购买算数", "Since {}; a purchase counts within {} days";
    from_start: "开始推荐", "the beginning";
    outcomes: "推荐得最多的商品", "What is recommended most";
    shown: "推荐", "Shown";
    clicked: "点开", "Followed";
    bought: "购买的顾客", "Customers who bought";
    no_outcomes: "还没有推荐过。", "Nothing was recommended yet.";
    rules: "规则", "Rules";
    on: "推荐商品", "Recommend products";
    unasked: "没问时也可以顺带一句", "Also one line where nobody asked";
    after: "除了问到商品时，这些知识分类回答之后也可以（用逗号分开）", "Besides questions about a product, also after answers of these categories (by commas)";
    most_unasked: "一次会话里顺带几句", "Lines in a conversation where nobody asked";
    most_products: "一次会话里最多几件", "Products in a conversation, at most";
    hold_out: "对照组占多少（%）：这些顾客没问就不推荐，用来比较", "Held out (%): these customers get none unasked, for comparison";
    days: "推荐后几天内的购买算数", "Days in which a purchase counts";
    least_margin: "毛利低于多少（%）不推荐，留空为不限", "Least margin (%), empty for any";
    product_rules: "商品规则，一行一条", "Rules on products, one on a line";
    rules_help: "写法：动作 商品。动作：pin 主推，boost 优先，never 不推荐，only_in 只在某些月份，never_with 不与…一起。商品：product:编号、category:分类、tag:标签。例：pin product:wool-throw months 11,12 ／ never_with category:wood with category:lamps ／ only_in tag:夏天 months 5,6,7,8", "Write: act, products. Acts: pin, boost, never, only_in (months), never_with (with …). Products: product:id, category:name, tag:name. Examples: pin product:wool-throw months 11,12 / never_with category:wood with category:lamps / only_in tag:summer months 5,6,7,8";
    groups: "商品分类：", "Categories of the catalogue:";
    told_asked: "推荐了 {}，因为：{}。", "Recommended {}, because of: {}.";
    told_unasked: "没问也顺带提了 {}，因为：{}。", "Also named {} unasked, because of: {}.";
    told_held_out: "本来会顺带提 {}（{}），这位顾客在对照组，没有说。", "Would have named {} ({}); this customer is held out, so nothing was said.";
    bad_rule: "第 {} 行看不懂：{}", "Line {} is not understood: {}";
    bad_number: "请填数字：{}", "Write a number: {}";
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        lang.pick(&ZH, &EN)
    }
}
