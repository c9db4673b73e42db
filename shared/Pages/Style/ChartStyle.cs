namespace Stockgate.Pages.Style;

/// <summary>Charts and their keys: series are told apart by form and label as well as by colour.</summary>
internal static class ChartStyle
{
    public const string Css = """
        svg{display:block;width:100%;max-width:760px;height:auto;margin-top:8px}
        svg text{fill:var(--soft);font-size:12px;font-variant-numeric:tabular-nums}svg text.n{fill:var(--ink);font-size:13px}
        .fa{fill:var(--a)}.fb{fill:var(--b)}.fu{fill:var(--up)}.fd{fill:var(--down)}.pro{fill:var(--pro)}.out{fill:var(--down)}.dot{fill:var(--b)}
        .mean,.usual,.past{fill:none;stroke:var(--b);stroke-width:1.5;stroke-linejoin:round}.mean{stroke:var(--a);stroke-width:2.5}.usual{stroke-width:2;stroke-dasharray:6 4}
        .ax{stroke:var(--line);stroke-width:1}.lim{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:5 4}
        .fut{fill:var(--tint)}.band{fill:var(--band);opacity:.75}.one{stroke:var(--band);stroke-width:6}
        .ev{fill:none;stroke:var(--warn);stroke-width:2}.evl{stroke:var(--warn);stroke-width:1;stroke-dasharray:2 3;opacity:.7}
        .key{display:flex;flex-wrap:wrap;gap:4px 18px;font-size:.88rem;color:var(--soft);margin:8px 0 0;padding:0;list-style:none}
        .key svg{display:inline-block;width:22px;height:12px;margin:0 6px 0 0;vertical-align:-1px}
        .key i{display:inline-block;width:12px;height:12px;border-radius:2px;margin-right:6px;vertical-align:-1px}.key .fa{background:var(--a)}.key .fb{background:var(--b)}.key .fu{background:var(--up)}
        svg.bar{display:inline-block;vertical-align:middle;width:80px;height:8px;margin:0 0 0 8px}
        @media (max-width:560px){svg text,svg text.n{font-size:17px}}
        """;
}
