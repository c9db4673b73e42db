using System.Text;
using Stockgate.Pages.Formats;
using Stockgate.Pages.Style;

namespace Stockgate.Pages.Charts;

/// <summary>
/// Inline SVG without a script: a title and a description say the same in words, for who can't see it. Whatever is written on it is
/// encoded; the classes are those of <see cref="PageStyle"/>.
/// </summary>
internal sealed class Svg(int width, int height)
{
    private readonly StringBuilder body = new();

    public static string Point(double x, double y) => string.Create(Figures.Culture, $"{x:0.#},{y:0.#}");

    public Svg Text(double x, double y, string text, string anchor = "", string style = "")
    {
        body.Append(Figures.Culture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\"");
        if (anchor.Length > 0)
            body.Append(Figures.Culture, $" text-anchor=\"{anchor}\"");
        return Styled(style).End("text", text, always: true);
    }

    public Svg Line(double x1, double y1, double x2, double y2, string style, string? title = null)
    {
        body.Append(Figures.Culture, $"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"");
        return Styled(style).End("line", title);
    }

    public Svg Rect(double x, double y, double wide, double high, string style, int round = 0, string? title = null)
    {
        body.Append(Figures.Culture, $"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{wide:0.#}\" height=\"{high:0.#}\"");
        if (round > 0)
            body.Append(Figures.Culture, $" rx=\"{round}\"");
        return Styled(style).End("rect", title);
    }

    public Svg Circle(double x, double y, double radius, string style, string? title = null)
    {
        body.Append(Figures.Culture, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\"");
        return Styled(style).End("circle", title);
    }

    public Svg Polyline(string style, IEnumerable<(double X, double Y)> points) => Path("polyline", style, points);

    public Svg Polygon(string style, IEnumerable<(double X, double Y)> points) => Path("polygon", style, points);

    /// <summary>A line across, with what it stands for at its left.</summary>
    public Svg Axis(double left, double right, double y, string name) => Line(left, y, right, y, "ax").Text(left - 6, y + 4, name, "end");

    /// <param name="id">Of this page alone.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">Its figures in words.</param>
    public string Titled(string id, string title, string description) =>
        $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{Encoded.Text(title)}</title><desc id=\"{id}-d\">{Encoded.Text(description)}</desc>{body}</svg>";

    /// <summary>Beside a figure or a word that says the same.</summary>
    public string Hidden(string style = "", bool stretched = false) =>
        $"<svg{(style.Length > 0 ? $" class=\"{style}\"" : "")} viewBox=\"0 0 {width} {height}\"{(stretched ? " preserveAspectRatio=\"none\"" : "")} aria-hidden=\"true\">{body}</svg>";

    private Svg Path(string name, string style, IEnumerable<(double X, double Y)> points)
    {
        body.Append('<').Append(name).Append(" points=\"").AppendJoin(' ', points.Select(static p => Point(p.X, p.Y))).Append('"');
        return Styled(style).End(name, null);
    }

    private Svg Styled(string style)
    {
        if (style.Length > 0)
            body.Append(" class=\"").Append(style).Append('"');
        return this;
    }

    private Svg End(string name, string? text, bool always = false)
    {
        if (always)
            body.Append('>').Append(Encoded.Text(text)).Append("</").Append(name).Append('>');
        else if (text is null)
            body.Append("/>");
        else
            body.Append("><title>").Append(Encoded.Text(text)).Append("</title></").Append(name).Append('>');
        return this;
    }
}
