using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform.Http;

/// <summary>Headers of every answer to a request, also of a problem, which clears those that were set before it.</summary>
public static class LastingHeaders
{
    /// <summary>Adds a header when the answer begins.</summary>
    public static void AddAtStart(this HttpResponse response, string name, string value) =>
        response.OnStarting(() =>
        {
            response.Headers.Append(name, value);
            return Task.CompletedTask;
        });
}
