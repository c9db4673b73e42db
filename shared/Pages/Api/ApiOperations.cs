namespace Stockgate.Pages.Api;

/// <summary>An operation of the API, as a row of its page.</summary>
/// <param name="Needs">A role, or why none is needed.</param>
public sealed record ApiOperationRow(string Tag, string Method, string Path, string Summary, string Needs);

/// <summary>The page that lists the operations of the API, as HTML without a script.</summary>
public static class ApiOperations
{
    public static string Html(IReadOnlyList<ApiOperationRow> operations) =>
        PageRenderer.Render<ApiPage>(new() { [nameof(ApiPage.Operations)] = operations });
}
