namespace Stockgate.Domain;

/// <summary>Texts that are built into this assembly.</summary>
internal static class EmbeddedText
{
    public static string Of(string name)
    {
        using var stream =
            typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in this assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
