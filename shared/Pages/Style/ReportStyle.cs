namespace Stockgate.Pages.Style;

/// <summary>Reports: figures at the top, sections with charts and tables.</summary>
internal static class ReportStyle
{
    public const string Css = """
        .report main{max-width:1180px;margin:0 auto;padding:28px 20px 60px}
        .report h1{font-size:1.8rem;line-height:1.2;margin:0 0 4px}
        .report h2{font-size:1.2rem;margin:0 0 6px}
        .report h3{font-size:1rem;margin:0}
        .report p{margin:0 0 8px}
        .meta,.report .note{font-size:.9rem}
        nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:10px 0 0;font-size:.95rem}
        .report section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 22px;margin-top:18px}
        .lead{font-size:1.08rem}.lead p:last-child,.notice p{margin:0}
        .report .notice{border:2px solid var(--warn);font-weight:600}
        .report .kpis{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;background:none;border:0;padding:0}
        .kpi{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px 18px;min-width:0}
        .kpi b{display:block;font-size:1.5rem;line-height:1.25;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        .kpi span{color:var(--soft);font-size:.88rem;display:block;overflow-wrap:anywhere}
        ol.risks{list-style:none;margin:12px 0 0;padding:0}
        ol.risks li{display:grid;grid-template-columns:92px minmax(0,1fr) auto;gap:2px 14px;padding:10px 0;border-top:1px solid var(--line)}
        ol.risks li:first-child{border-top:0}
        .tag{align-self:start;justify-self:start;font-size:.78rem;font-weight:600;border:1px solid currentColor;border-radius:99px;padding:1px 9px;margin-top:2px;white-space:nowrap}
        .stake{color:var(--soft);font-variant-numeric:tabular-nums;white-space:nowrap}
        .items{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;margin-top:14px}
        .item{border:1px solid var(--line);border-radius:10px;padding:14px 16px 10px;min-width:0;scroll-margin-top:12px}
        .item p{margin:4px 0 0;font-size:.9rem}
        .split{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:20px;align-items:start}
        .scroll{overflow-x:auto;margin-top:10px}
        .report table{font-size:.9rem}
        caption{text-align:left;color:var(--soft);font-size:.88rem;padding-bottom:4px}
        .report th,.report td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;white-space:nowrap}
        .report th:first-child,.report td:first-child{text-align:left;padding-left:0}
        .report td:first-child{white-space:normal;min-width:84px;overflow-wrap:anywhere}
        .report th.l{text-align:left}
        .report td.l,.report td.w{text-align:left;white-space:normal;min-width:120px;overflow-wrap:anywhere}
        .report td.w{min-width:200px}
        thead th{color:var(--soft);font-weight:600}
        tbody th{font-weight:600}
        tr.best td,tr.best th{background:var(--tint)}
        details{margin-top:6px;font-size:.88rem}summary{cursor:pointer;color:var(--soft)}
        ul.plain{margin:8px 0 0;padding-left:1.2em}ul.plain li{margin:2px 0}
        @media (max-width:960px){.split{grid-template-columns:minmax(0,1fr)}}
        @media (max-width:860px){.items{grid-template-columns:minmax(0,1fr)}}
        @media (max-width:560px){.report main{padding:18px 12px 40px}.report section{padding:16px 14px}.item{padding:12px 10px 8px}ol.risks li{grid-template-columns:minmax(0,1fr) auto}ol.risks li>div{grid-column:1/-1}.report .kpis{grid-template-columns:repeat(2,minmax(0,1fr))}.kpi{padding:12px}.kpi b{font-size:1.25rem}}
        @media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#333;--line:#bbb}.report main{max-width:none;padding:0}.report section{border:0;padding:8px 0}.item,.kpi,ol.risks li,tr,svg{break-inside:avoid}.items{grid-template-columns:repeat(2,minmax(0,1fr))}.scroll{overflow:visible}details,nav{display:none}body{font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;
}
