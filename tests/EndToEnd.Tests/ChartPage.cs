namespace Stockgate.EndToEnd.Tests;

/// <summary>What is looked for in every page that has charts.</summary>
internal static class ChartPage
{
    /// <summary>
    /// A script for the page that returns its faults: texts of a chart that leave it or meet each other, charts without words, boxes
    /// whose content is wider than they are (a table may scroll in its own box), links that lead nowhere.
    /// </summary>
    public const string Faults = """
        () => {
          const found = [];
          if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push(`page: ${document.documentElement.scrollWidth}`);
          for (const e of document.querySelectorAll('h1,h2,h3,p,section,.kpi,.kpi b,.kpi span,td,th,caption,li,.item'))
            if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0) found.push(`${e.tagName} ${e.textContent.slice(0, 40)}: ${e.scrollWidth} > ${e.clientWidth}`);
          for (const svg of document.querySelectorAll('svg[role=img]')) {
            const box = svg.getBoundingClientRect();
            if (!svg.querySelector('title').textContent || !svg.querySelector('desc').textContent) found.push('a chart without words');
            const texts = [...svg.querySelectorAll('text')].map(t => ({ t: t.textContent, b: t.getBoundingClientRect() })).filter(t => t.t);
            for (const { t, b } of texts) if (b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1 || b.bottom > box.bottom + 1) found.push(`text outside: ${t}`);
            for (let i = 0; i < texts.length; i++) for (let j = 0; j < i; j++) {
              const a = texts[i].b, c = texts[j].b;
              if (a.left < c.right - 1 && c.left < a.right - 1 && a.top < c.bottom - 2 && c.top < a.bottom - 2) found.push(`texts meet: ${texts[i].t} | ${texts[j].t}`);
            }
          }
          for (const a of document.querySelectorAll('a[href^="#"]')) if (!document.querySelector(a.getAttribute('href'))) found.push(`leads nowhere: ${a.getAttribute('href')}`);
          return [...new Set(found)].slice(0, 20);
        }
        """;
}
