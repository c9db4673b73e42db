using Xunit.Abstractions;
using Xunit.Sdk;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>The class's <see cref="ServiceFactAttribute"/> and <see cref="ServiceTheoryAttribute"/> tests are skipped, with a message, where the environment variable is not set.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresVariableAttribute(string variable, string purpose) : Attribute
{
    public string Variable => variable;

    public string Purpose => purpose;

    /// <summary>Why the tests of the class are skipped, or null.</summary>
    internal static string? Reason(ITestMethod method)
    {
        var required = method.TestClass.Class.GetCustomAttributes(typeof(RequiresVariableAttribute)).FirstOrDefault()?.GetConstructorArguments().Cast<string>().ToArray();
        return required is [var variable, var purpose] && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)) ? $"set {variable} {purpose}" : null;
    }
}

/// <summary>A fact of a compliance suite: which service it runs on, and whether that is there, the subclass says.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Stockgate.Emulator.Tests.Tables." + nameof(ServiceFactDiscoverer), "Stockgate.Emulator.Tests")]
public sealed class ServiceFactAttribute : FactAttribute;

/// <inheritdoc cref="ServiceFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Stockgate.Emulator.Tests.Tables." + nameof(ServiceTheoryDiscoverer), "Stockgate.Emulator.Tests")]
public sealed class ServiceTheoryAttribute : TheoryAttribute;

internal sealed class ServiceFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        RequiresVariableAttribute.Reason(method) is null ? base.CreateTestCase(options, method, fact) : new SkippedCase(DiagnosticMessageSink, method);
}

internal sealed class ServiceTheoryDiscoverer(IMessageSink sink) : TheoryDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo theory) =>
        RequiresVariableAttribute.Reason(method) is null ? base.Discover(options, method, theory) : [new SkippedCase(DiagnosticMessageSink, method)];
}

internal sealed class SkippedCase : XunitTestCase
{
    [Obsolete("For deserialization.")]
    public SkippedCase()
    {
    }

    public SkippedCase(IMessageSink sink, ITestMethod method) : base(sink, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo fact) => RequiresVariableAttribute.Reason(TestMethod) ?? base.GetSkipReason(fact);
}
