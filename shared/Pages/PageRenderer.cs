using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Stockgate.Pages.Style;

namespace Stockgate.Pages;

/// <summary>Renders a component to a string, by the framework's own renderer: markup is markup, and encoding is the framework's.</summary>
internal static class PageRenderer
{
    private static readonly ServiceProvider Services = new ServiceCollection()
        .AddSingleton<HtmlEncoder>(Encoded.Encoder)
        .BuildServiceProvider();

    // Pages wait for nothing: everything that they show is given to them, so that a rendering is over when it is begun.
    public static string Render<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        using var renderer = new HtmlRenderer(Services, NullLoggerFactory.Instance);
        var rendering = renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString()
        );
        return rendering.IsCompleted
            ? rendering.GetAwaiter().GetResult()
            : throw new InvalidOperationException($"{typeof(TPage).Name} waits for something.");
    }
}
