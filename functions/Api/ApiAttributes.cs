namespace Stockgate.Functions.Api;

/// <summary>What an HTTP function does, in a line of the API's description.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SummaryAttribute(string text) : Attribute
{
    public string Text => text;
}

/// <summary>The body that an HTTP function reads.</summary>
/// <param name="body">Null where no type describes it, such as of a CSV file.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AcceptsAttribute(Type? body) : Attribute
{
    public Type? Body => body;

    public string MediaType { get; set; } = "application/json";

    public bool IsOptional { get; set; }
}

/// <summary>How an HTTP function answers where all is well.</summary>
/// <param name="body">Null where no type describes it.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AnswersAttribute(int status, Type? body = null) : Attribute
{
    public int Status => status;

    public Type? Body => body;

    public string MediaType { get; set; } = "application/json";
}
