using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Stockgate.Domain;

namespace Stockgate.Pages.Approvals;

/// <summary>A text of several lines: its line breaks stay, what is invisible does not.</summary>
public sealed class Lines : ComponentBase
{
    [Parameter, EditorRequired]
    public string? Text { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var lines = SafeText.Lines(Text, Words.TextCharacters).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                builder.AddMarkupContent(0, "<br>");
            builder.AddContent(1, lines[i]);
        }
    }
}
