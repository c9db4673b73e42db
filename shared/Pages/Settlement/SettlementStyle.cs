namespace Stockgate.Pages.Settlement;

/// <summary>
/// The style of a settlement's page: light and dark, on paper, on a phone. Series are told apart by form and label as well as by colour.
/// </summary>
internal static class SettlementStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--bg:#f7f8fa;--card:#fff;--ink:#1b2430;--soft:#566273;--line:#dfe4ea;--a:#1463b8;--b:#8a97a8;--up:#18794e;--down:#b3261e;--warn:#8a5a00;--tint:#e8f0fa}
        @media (prefers-color-scheme:dark){:root{--bg:#11161d;--card:#1a212b;--ink:#e8edf3;--soft:#a3b0c0;--line:#303b48;--a:#6cb0f5;--b:#7d8b9c;--up:#5fcf96;--down:#ff8a80;--warn:#f0c063;--tint:#1e2d3f}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        main{max-width:1040px;margin:0 auto;padding:28px 20px 60px}
        h1{font-size:1.7rem;line-height:1.2;margin:0 0 4px;overflow-wrap:anywhere}
        h2{font-size:1.12rem;margin:0 0 10px;overflow-wrap:anywhere}
        p{margin:0 0 8px;overflow-wrap:anywhere}
        .meta,.note{color:var(--soft);font-size:.9rem}
        section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px 20px;margin-top:18px}
        .lead{font-size:1.06rem}
        .kpis{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:12px;background:none;border:0;padding:0}
        .kpi{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 16px;min-width:0}
        .kpi b{display:block;font-size:1.45rem;line-height:1.25;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .kpi span{color:var(--soft);font-size:.86rem;display:block;overflow-wrap:anywhere}
        .up{color:var(--up)}.down{color:var(--down)}.warn{color:var(--warn)}
        .split{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:20px;align-items:start}
        svg{display:block;width:100%;max-width:600px;height:auto}
        svg text{fill:var(--ink);font-size:13px}svg .t{fill:var(--soft);font-size:12px}
        .fa{fill:var(--a)}.fb{fill:var(--b)}.fu{fill:var(--up)}.fd{fill:var(--down)}
        .la{stroke:var(--a);stroke-width:2.5;fill:none;stroke-linejoin:round}.lb{stroke:var(--b);stroke-width:2;fill:none;stroke-dasharray:6 4;stroke-linejoin:round}.ax{stroke:var(--line);stroke-width:1}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--soft);font-size:.86rem;padding-bottom:4px}
        th,td{padding:5px 8px;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
        th:first-child,td:first-child,.l{text-align:left!important;overflow-wrap:anywhere}
        th:first-child,td:first-child{padding-left:0;min-width:84px}
        thead th{color:var(--soft);font-weight:600}
        td.n,td{white-space:nowrap}td.l,td:first-child{white-space:normal}
        .key{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:.86rem;color:var(--soft);margin:6px 0 0;padding:0;list-style:none}
        .key i{display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:6px;vertical-align:-1px}
        @media (max-width:960px){.split{grid-template-columns:minmax(0,1fr)}}
        @media (max-width:760px){main{padding:18px 12px 40px}section{padding:14px}svg text{font-size:17px}svg .t{font-size:16px}}
        @media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#bbb}main{max-width:none;padding:0}section,.kpi{break-inside:avoid}body{font-size:11pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;
}
