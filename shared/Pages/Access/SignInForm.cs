namespace Stockgate.Pages.Access;

/// <summary>The page where a person pastes their key, as HTML without a script.</summary>
public static class SignInForm
{
    /// <param name="to">Where the browser goes afterwards.</param>
    /// <param name="mistake">Why the key before was not taken; null at first.</param>
    public static string Html(string to, string? mistake) =>
        PageRenderer.Render<SignInPage>(new() { [nameof(SignInPage.To)] = to, [nameof(SignInPage.Mistake)] = mistake });
}
