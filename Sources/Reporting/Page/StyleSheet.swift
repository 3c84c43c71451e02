/// The page's looks: one style sheet, no font and no picture from elsewhere.
enum StyleSheet {
    static let text = colours + layout + tables + charts + narrow + paper

    /// Gains are bluish green and losses vermilion: those who do not tell red from green see the difference.
    private static let colours = """
        :root{--page:#f4f5f7;--card:#fff;--ink:#18212d;--soft:#566171;--edge:#dfe3e9;--grid:#e8ebf0;--accent:#2552c4;
        --wash:rgba(37,82,196,.09);--gain:#0a7557;--loss:#b23d1b;--fall:rgba(178,61,27,.06);--depth:rgba(178,61,27,.2);
        --held:rgba(86,97,113,.22);
        --g1:#e5f4ef;--g2:#c5e7dc;--g3:#9bd5c2;--g4:#63bca0;--g5:#0a7557;--l1:#fcebe5;--l2:#f7d3c7;--l3:#f0b39f;--l4:#e48f73;
        --l5:#b23d1b;--deep:#fff}
        @media screen and (prefers-color-scheme:dark){:root{--page:#0f1319;--card:#181e27;--ink:#e7ebf1;--soft:#a0abba;
        --edge:#2a323e;--grid:#262e39;--accent:#86abff;--wash:rgba(134,171,255,.12);--gain:#4ccaa4;--loss:#ff9471;
        --fall:rgba(255,148,113,.06);--depth:rgba(255,148,113,.24);--held:rgba(160,171,186,.28);
        --g1:#16302a;--g2:#174338;--g3:#185747;--g4:#1a6d58;--g5:#4ccaa4;--l1:#35231e;--l2:#4d2b22;--l3:#683426;--l4:#853f2a;
        --l5:#ff9471;--deep:#0f1319}}

        """

    private static let layout = """
        *{box-sizing:border-box}
        html{color-scheme:light dark;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif}
        main{max-width:1152px;margin:0 auto;padding:40px 24px 64px;display:grid;grid-template-columns:minmax(0,1fr);gap:20px}
        h1{font-size:32px;line-height:1.2;letter-spacing:-.02em;margin:0;overflow-wrap:anywhere}
        h2{font-size:16px;line-height:1.3;margin:0}
        p{margin:0}
        code{font:12.5px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
        small{display:block;font-size:12px;color:var(--soft)}
        .eyebrow{color:var(--accent);font-size:12.5px;font-weight:600;letter-spacing:.08em;text-transform:uppercase;margin-bottom:6px}
        .subtitle{color:var(--soft);margin-top:8px}
        .notice{margin-top:10px;overflow-wrap:anywhere;padding:9px 14px;border-left:3px solid var(--soft);border-radius:4px;background:var(--card)}
        .notice.passed{border-color:var(--gain)}.notice.passed b{color:var(--gain)}
        .notice.warning{border-color:var(--loss)}.notice.warning b{color:var(--loss)}
        .notice b{margin-right:4px}
        .card{background:var(--card);border:1px solid var(--edge);border-radius:10px;padding:20px 24px;min-width:0;margin:0}
        .column{display:grid;gap:20px;align-content:space-between}
        .pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:20px}
        .tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:12px}
        .tile{padding:14px 18px}
        .tile h2{font-size:13px;font-weight:500;color:var(--soft)}
        .value{font-size:25px;line-height:1.3;font-weight:600;letter-spacing:-.02em;font-variant-numeric:tabular-nums;white-space:nowrap}
        .more,.remark,figcaption p{font-size:13px;color:var(--soft)}
        .gain{color:var(--gain)}.loss{color:var(--loss)}
        summary{cursor:pointer;list-style:none;display:flex;align-items:center;gap:10px}
        summary::-webkit-details-marker{display:none}
        summary::before{content:"";border:solid var(--soft);border-width:0 2px 2px 0;padding:3px;transform:rotate(-45deg)}
        details[open]>summary::before{transform:rotate(45deg)}
        details[open]>summary{margin-bottom:12px}
        summary span{color:var(--soft);font-variant-numeric:tabular-nums}
        summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:4px}
        .unseen,.heat caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}

        """

    private static let tables = """
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        caption{text-align:left;font-size:13px;color:var(--soft);padding-bottom:8px}
        th,td{padding:7px 10px;text-align:left;vertical-align:top;font-weight:400}
        th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
        thead th{font-size:12.5px;color:var(--soft);white-space:nowrap}
        .sheet tbody tr{border-top:1px solid var(--grid)}
        .num{text-align:right;white-space:nowrap}
        .sheet b{font-weight:600}
        .sheet+.sheet{margin-top:24px}
        .pairs th{width:34%;color:var(--soft)}
        .bars th{width:96px;white-space:nowrap}
        .bars .num{width:1%}
        .bars .sum th,.bars .sum td{font-weight:600;border-top:1px solid var(--soft)}
        .bar{position:relative;min-width:110px}
        .bar span{position:relative}
        .bar i{display:block;height:4px;margin-top:2px;border-radius:2px;background:var(--accent);opacity:.55}
        .trades{font-size:13px}
        .trades td{white-space:nowrap}
        .scroll{overflow-x:auto}
        .heat{border-collapse:separate;border-spacing:3px;table-layout:fixed;margin:8px -3px -3px;width:calc(100% + 6px)}
        .heat th{padding:4px 2px;font-size:12.5px;color:var(--soft);text-align:center;vertical-align:middle}
        .heat tbody th{font-weight:600;color:var(--ink)}
        .heat td{padding:9px 2px;text-align:center;border-radius:5px;font-size:13px}
        .heat .total{font-weight:600}
        .g1{background:var(--g1)}.g2{background:var(--g2)}.g3{background:var(--g3)}.g4{background:var(--g4)}.g5{background:var(--g5);color:var(--deep)}
        .l1{background:var(--l1)}.l2{background:var(--l2)}.l3{background:var(--l3)}.l4{background:var(--l4)}.l5{background:var(--l5);color:var(--deep)}
        .heat .even{background:var(--grid)}
        .figures{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:0 32px;margin:10px 0 0}
        .figures div{display:flex;justify-content:space-between;gap:12px;padding:6px 0;border-top:1px solid var(--grid)}
        .figures dt{color:var(--soft)}
        .figures dd{margin:0;font-variant-numeric:tabular-nums;white-space:nowrap}

        """

    private static let charts = """
        figcaption{margin-bottom:12px}
        .chart>svg{display:block;overflow:visible;width:calc(100% - 54px)}
        .chart svg svg{overflow:visible}
        text{fill:var(--soft);font-size:12px;font-variant-numeric:tabular-nums}
        .name{font-weight:600}
        path,.grid,.start,.zero{vector-effect:non-scaling-stroke}
        .grid{stroke:var(--grid)}
        .zero{stroke:var(--soft);stroke-opacity:.5}
        .start{stroke:var(--soft);stroke-dasharray:2 4;stroke-opacity:.8}
        .line{fill:none;stroke:var(--accent);stroke-width:1.5;stroke-linejoin:round}
        .lost{stroke:var(--loss);stroke-width:1}
        .area{fill:var(--wash)}.depth{fill:var(--depth)}.gross{fill:var(--held)}.net{fill:var(--accent);fill-opacity:.8}.fall{fill:var(--fall)}
        .end{fill:var(--accent);stroke:var(--card);stroke-width:1.5}
        rect.gain{fill:var(--gain)}rect.loss{fill:var(--loss)}
        .sheet .draw{padding:5px 4px;vertical-align:middle}.draw svg{display:block}
        .key::before{content:"";display:inline-block;width:14px;height:8px;margin-right:6px;background:var(--held)}
        .key.net::before{background:var(--accent)}
        .key{margin-right:10px}

        """

    private static let narrow = """
        @media (max-width:820px){.pair{grid-template-columns:minmax(0,1fr)}.tiles,.figures{grid-template-columns:repeat(2,minmax(0,1fr))}}
        @media (max-width:600px){
        main{padding:24px 12px 40px;gap:12px}.pair,.column{gap:12px}.tiles{gap:8px}
        h1{font-size:24px}
        .card{padding:16px}.tile{padding:12px 14px}.value{font-size:20px}
        .minor{display:none}
        .figures{grid-template-columns:minmax(0,1fr)}
        .heat thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .heat,.heat tbody{display:block;width:auto;margin:8px 0 0}
        .heat tr{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:4px;margin-top:16px}
        .heat tbody th{grid-column:span 3;text-align:left;align-self:center;font-size:16px}
        .heat td{order:2;padding:6px 2px}.heat .total{order:1}
        .heat td::before{content:attr(data-label);display:block;font-size:11px;opacity:.85;font-weight:400}
        .sheet{font-size:14px}.sheet th,.sheet td{padding-left:5px;padding-right:5px}
        .sheet th:first-child,.sheet td:first-child{padding-left:0}.sheet th:last-child,.sheet td:last-child{padding-right:0}
        .stack,.stack tbody,.stack caption,.pairs caption{display:block}
        .stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .stack tr{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:8px 16px;padding:12px 0}
        .stack tbody th{grid-column:1/-1;padding:0;font-weight:600}
        .stack tbody td{padding:0;text-align:left}
        .stack td::before{content:attr(data-label);display:block;font-size:12px;color:var(--soft)}
        .pairs,.pairs tbody,.pairs tr,.pairs th,.pairs td{display:block;width:auto;padding-left:0;padding-right:0}
        .pairs th{padding-bottom:0}.pairs td{padding-top:0}
        .bars th{width:84px;padding-right:4px}
        }

        """

    private static let paper = """
        @media print{
        @page{margin:14mm}
        body{background:none;font-size:12px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
        main{padding:0;max-width:none;gap:12px}
        .card{break-inside:avoid;border-color:#ccc}
        #trades,#origin,#settings,#events{break-inside:auto}
        tr{break-inside:avoid}thead{break-after:avoid}
        .trades{font-size:9px}.trades small{font-size:8.5px}.trades th,.trades td{padding:4px}
        .scroll{overflow:visible}
        details::details-content{content-visibility:visible;display:block}
        }

        """
}
