using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.Reports;

namespace Stockgate.Pages.Forecasting;

/// <summary>How the page looks: light and dark, on paper, on a phone. What colours tell is told by form or words as well.</summary>
internal static class ForecastPageStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--bg:#f7f8fa;--card:#fff;--ink:#1b2430;--soft:#566273;--line:#dfe4ea;--a:#1463b8;--band:#bcd7f3;--b:#5d6b7c;--up:#18794e;--down:#b3261e;--warn:#8a5a00;--tint:#f0f5fb;--pro:#7a4fc0}
        @media (prefers-color-scheme:dark){:root{--bg:#11161d;--card:#1a212b;--ink:#e8edf3;--soft:#a3b0c0;--line:#303b48;--a:#6cb0f5;--band:#2c4a6b;--b:#b4c0ce;--up:#5fcf96;--down:#ff8a80;--warn:#f0c063;--tint:#1e2835;--pro:#b998f0}}
        *{box-sizing:border-box}
        html{scroll-behavior:smooth}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        main{max-width:1180px;margin:0 auto;padding:28px 20px 60px}
        h1{font-size:1.8rem;line-height:1.2;margin:0 0 4px}
        h2{font-size:1.2rem;margin:0 0 4px}
        h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
        p{margin:0 0 8px;overflow-wrap:anywhere}
        a{color:var(--a)}
        a:focus-visible,summary:focus-visible{outline:3px solid var(--a);outline-offset:2px}
        .meta,.note{color:var(--soft);font-size:.9rem}
        nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:10px 0 0;font-size:.95rem}
        section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 22px;margin-top:18px}
        .lead{font-size:1.08rem}.lead p:last-child,.notice p{margin:0}
        .notice{border:2px solid var(--warn);font-weight:600}
        .kpis{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;background:none;border:0;padding:0}
        .kpi{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 18px;min-width:0}
        .kpi b{display:block;font-size:1.5rem;line-height:1.25;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .kpi span{color:var(--soft);font-size:.88rem;display:block;overflow-wrap:anywhere}
        .up{color:var(--up)}.down{color:var(--down)}.warn{color:var(--warn)}
        ol.risks{list-style:none;margin:12px 0 0;padding:0}
        ol.risks li{display:grid;grid-template-columns:92px minmax(0,1fr) auto;gap:2px 14px;padding:10px 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
        ol.risks li:first-child{border-top:0}
        .tag{align-self:start;justify-self:start;font-size:.78rem;font-weight:600;border:1px solid currentColor;border-radius:99px;padding:1px 9px;margin-top:2px;white-space:nowrap}
        .stake{color:var(--soft);font-variant-numeric:tabular-nums;white-space:nowrap}
        .items{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;margin-top:14px}
        .item{border:1px solid var(--line);border-radius:10px;padding:14px 16px 10px;min-width:0;scroll-margin-top:12px}
        .item p{margin:4px 0 0;font-size:.9rem}
        svg{display:block;width:100%;height:auto;margin-top:8px}
        svg text{fill:var(--soft);font-size:12px;font-variant-numeric:tabular-nums}
        .ax{stroke:var(--line);stroke-width:1}.fut{fill:var(--tint)}.band{fill:var(--band);opacity:.75}.one{stroke:var(--band);stroke-width:6}
        .past{stroke:var(--b);stroke-width:1.5;fill:none;stroke-linejoin:round}.dot{fill:var(--b)}.mean{stroke:var(--a);stroke-width:2.5;fill:none;stroke-linejoin:round}
        .pro{fill:var(--pro)}.out{fill:var(--down)}.ev{fill:none;stroke:var(--warn);stroke-width:2}.evl{stroke:var(--warn);stroke-width:1;stroke-dasharray:2 3;opacity:.7}
        .key{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:.88rem;color:var(--soft);margin:8px 0 0;padding:0;list-style:none}
        .key svg{display:inline-block;width:22px;height:12px;margin:0 6px 0 0;vertical-align:-1px}
        .scroll{overflow-x:auto;margin-top:10px}
        table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--soft);font-size:.88rem;padding-bottom:4px}
        th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;white-space:nowrap}
        th:first-child,td:first-child,.l{text-align:left}
        th:first-child,td:first-child{padding-left:0}
        td.w{white-space:normal;min-width:200px;text-align:left;overflow-wrap:anywhere}
        thead th{color:var(--soft);font-weight:600}
        tbody th{font-weight:600}
        tr.best td,tr.best th{background:var(--tint)}
        .bar{display:inline-block;vertical-align:middle;width:80px;height:8px;margin:0 0 0 8px}.bar rect{fill:var(--a)}
        details{margin-top:6px;font-size:.88rem}summary{cursor:pointer;color:var(--soft)}
        ul.plain{margin:8px 0 0;padding-left:1.2em}ul.plain li{margin:2px 0;overflow-wrap:anywhere}
        @media (max-width:860px){.items{grid-template-columns:minmax(0,1fr)}}
        @media (max-width:560px){main{padding:18px 12px 40px}section{padding:16px 14px}.item{padding:12px 10px 8px}svg text{font-size:17px}ol.risks li{grid-template-columns:minmax(0,1fr) auto}ol.risks li>div{grid-column:1/-1}}
        @media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#bbb}main{max-width:none;padding:0}section{border:0;padding:8px 0}.item,.kpi,ol.risks li,tr{break-inside:avoid}.items{grid-template-columns:repeat(2,minmax(0,1fr))}details,nav{display:none}body{font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;
}
