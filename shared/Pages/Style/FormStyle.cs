namespace Stockgate.Pages.Style;

/// <summary>Pages that ask somebody: on a phone first, with a form.</summary>
internal static class FormStyle
{
    public const string Css = """
        .ask-page{font-size:1.0625rem;overflow-wrap:anywhere}
        .ask-page header,.ask-page main,.ask-page footer{max-width:44rem;margin:0 auto;padding:0 16px}
        .ask-page header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 16px;padding-top:14px;color:var(--soft);font-size:.9375rem}
        .ask-page header p{margin:0}.ask-page header b{color:var(--ink)}
        .ask-page h1{font-size:1.5rem;line-height:1.25;margin:12px 0 8px}
        .ask-page h2{font-size:1.0625rem;margin:0 0 6px}
        .ask-page p{margin:0 0 10px}.ask-page ul,.ask-page ol{margin:0;padding-left:1.3em}.ask-page li{margin:0 0 4px}
        .card,fieldset{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px;margin:14px 0 0}
        .card>:last-child{margin-bottom:0}
        .by{font-size:1.0625rem}
        .go{display:inline-block;padding:10px 0;min-height:44px}
        .ask-page th,.ask-page td{padding:7px 0;border-bottom:1px solid var(--line);vertical-align:top;text-align:left;font-weight:400}
        .ask-page th{color:var(--soft);padding-right:14px;width:46%}
        .ask-page td{font-weight:600}
        .ask-page tr:last-child th,.ask-page tr:last-child td{border-bottom:0}
        .advice{background:var(--tint)}
        .card.note{background:var(--note);color:var(--noteink);border-color:currentColor}
        .mistake{background:var(--bad);color:var(--badink);border:2px solid currentColor}
        .mistake a{color:inherit;display:inline-block;padding:8px 0}
        .sent{border:2px solid var(--ok);border-radius:8px;padding:8px 12px}
        form{scroll-margin-top:8px}
        fieldset{margin-top:16px;min-width:0}
        legend{float:left;width:100%;padding:0;font-size:1.25rem;font-weight:700;margin-bottom:10px}
        legend+*{clear:both}
        label{display:block;font-weight:600;margin-bottom:4px}
        .ask-page .hint{color:var(--soft);font-size:.9375rem;margin-bottom:6px}
        .ask-page .wrong{color:var(--badink);font-weight:600;margin-bottom:6px}
        textarea,input,select{width:100%;font:inherit;color:var(--ink);background:var(--bg);border:1px solid var(--edge);border-radius:8px;padding:10px 12px;min-height:48px}
        textarea{min-height:6.2rem;resize:vertical}
        input.code{max-width:12rem;font-size:1.25rem;letter-spacing:.16em;font-variant-numeric:tabular-nums}
        [aria-invalid=true]{border:2px solid var(--badink)}
        .ask{margin:0 0 18px}
        button{font:inherit;font-weight:700;min-height:48px;padding:10px 18px;border-radius:8px;border:2px solid transparent;cursor:pointer;width:100%;margin:0}
        .pair{display:grid;gap:10px}
        .yes{background:var(--ok);color:var(--btn)}.no{background:var(--no);color:var(--btn)}
        button.plain{background:transparent;color:var(--link);border-color:currentColor}
        .other{border-top:1px solid var(--line);margin-top:18px;padding-top:14px}
        .ask-page footer{color:var(--soft);font-size:.9375rem;padding:18px 16px 40px}
        @media (min-width:40rem){.pair{grid-template-columns:1fr 1fr}button.plain{width:auto}.ask-page h1{font-size:1.75rem}.card,fieldset{padding:18px 22px}}
        @media (forced-colors:active){button{border-color:ButtonText}}
        @media print{form,.go{display:none}}
        """;
}
