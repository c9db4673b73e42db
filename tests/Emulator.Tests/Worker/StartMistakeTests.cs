using Microsoft.Azure.Functions.Worker.Builder;
using Stockgate.Emulator.Tests.ServiceBus;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Tests.Worker;

/// <summary>What is wrong with functions is said at start, all of it, with the function's name.</summary>
public sealed partial class StartMistakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Mistakes(Type[] functions, params string[] args) =>
        Assert.Throws<InvalidOperationException>(() => WorkerHost.Build(functions, _folder, null, args)).Message;

    [Theory]
    [InlineData(typeof(NoTrigger), "no parameter has a trigger attribute")]
    [InlineData(typeof(TwoTriggers), "2 parameters have a trigger attribute")]
    [InlineData(typeof(AsyncVoid), "an async method must return Task")]
    [InlineData(typeof(Generic), "must not be generic")]
    [InlineData(typeof(GenericClass<>), "must not be generic")]
    [InlineData(typeof(ByRef), "parameter 'count' is ref, in or out")]
    [InlineData(typeof(Abstract), "its class is abstract")]
    [InlineData(typeof(NotPublic), "the method must be public")]
    [InlineData(typeof(NoName), "the name is empty")]
    [InlineData(typeof(NoConstructor), "its class can't be made")]
    [InlineData(typeof(UnboundHttp), "parameter 'clock' of type TimeProvider can't be bound")]
    [InlineData(typeof(UnboundRoute), "parameter 'clock' of type TimeProvider can't be made from a part of the route")]
    [InlineData(typeof(UnboundTimer), "parameter 'text' of type String can't be bound; a timer function takes")]
    [InlineData(typeof(UnboundMessage), "parameter 'clock' of type TimeProvider can't be bound")]
    [InlineData(typeof(SessionActionsWithoutSessions), "parameter 'session' of type ServiceBusSessionMessageActions can't be bound")]
    [InlineData(typeof(BadRoute), "its route is not a route template")]
    [InlineData(typeof(UnknownConstraint), "its route has a constraint that does not exist")]
    [InlineData(typeof(BadCron), "'every morning' is not a schedule")]
    [InlineData(typeof(MissingScheduleSetting), "the setting 'Nightly' that %Nightly% names is not set")]
    [InlineData(typeof(MissingQueueSetting), "the setting 'Queue' that %Queue% names is not set")]
    [InlineData(typeof(MissingConnection), "the setting 'Nowhere', its Service Bus connection string, is not set")]
    [InlineData(typeof(DefaultConnection), "the setting 'AzureWebJobsServiceBus', its Service Bus connection string, is not set")]
    [InlineData(typeof(UnknownQueue), "'nowhere' is not declared in")]
    [InlineData(typeof(UnknownSubscription), "'news/Subscriptions/nobody' is not declared in")]
    [InlineData(typeof(SessionsMissing), "'sessions' requires sessions; set IsSessionsEnabled = true")]
    [InlineData(typeof(SessionsTooMany), "'plain' has no sessions; remove IsSessionsEnabled")]
    [InlineData(typeof(BatchWithoutArray), "can't take a batch")]
    [InlineData(typeof(RetryNoDuration), "interval 'soon'")]
    [InlineData(typeof(RetryOutOfRange), "interval '00:99:00'")]
    [InlineData(typeof(RetryDays), "interval '5'")]
    [InlineData(typeof(RetryNegative), "interval '-00:00:05'")]
    [InlineData(typeof(RetryUpsideDown), "above the maximum")]
    [InlineData(typeof(RetryCount), "count of -2")]
    public void Mistake_stops_the_start_and_names_the_function(Type functions, string mistake)
    {
        var message = Mistakes([functions]);
        Assert.Contains(mistake, message);
        Assert.Contains(functions == typeof(NoName) ? "NoName.Run" : "function 'Wrong' (", message);
    }

    [Theory]
    [InlineData("Endpoint=sb://real.servicebus.windows.net;SharedAccessKeyName=n;SharedAccessKey=k", "UseDevelopmentEmulator=true")]
    [InlineData("nonsense", "the setting 'Bus'")]
    [InlineData("Endpoint=sb://localhost;UseDevelopmentEmulator=true;Colour=red", "'Colour' is not a key")]
    [InlineData("Endpoint=sb://localhost;UseDevelopmentEmulator=true;EntityConfig=/nowhere.json", "/nowhere.json does not exist")]
    [InlineData("", "the setting 'Bus', its Service Bus connection string, is not set")]
    public void Unfit_connection_stops_the_start(string connection, string mistake)
    {
        var message = Mistakes([typeof(OtherConnection)], $"--Bus={connection}");
        Assert.Contains(mistake, message);
        Assert.Contains("function 'Wrong' (", message);
        Assert.DoesNotContain("SharedAccessKey=k", message);
    }

    [Fact]
    public void Identity_connection_is_for_azure() =>
        Assert.Contains("'Bus__fullyQualifiedNamespace' is for a real namespace", Mistakes([typeof(OtherConnection)], "--Bus:fullyQualifiedNamespace=real.servicebus.windows.net"));

    [Fact]
    public void Names_are_unique_ignoring_case()
    {
        var message = Mistakes([typeof(Same), typeof(SameInCapitals)]);
        Assert.Contains("has the same name; function names are unique, ignoring case", message);
        Assert.Contains("Same.Run", message);
        Assert.Contains("SameInCapitals.Run", message);
    }

    [Fact]
    public void Two_functions_on_one_method_and_route_are_a_mistake()
    {
        var message = Mistakes([typeof(Reads), typeof(ReadsToo)]);
        Assert.Contains("function 'ReadsToo'", message);
        Assert.Contains("GET /api/Stock/{id}/lines is served by function 'Reads'", message);
        Assert.Equal(1, message.Split('\n').Count(line => line.StartsWith("  - ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Function_that_a_setting_switches_off_needs_no_settings_of_its_own()
    {
        using var host = WorkerHost.Build([typeof(MissingScheduleSetting)], _folder, null, "--AzureWebJobs.Wrong.Disabled=true");
        Assert.Contains("%Nightly%", Mistakes([typeof(MissingScheduleSetting)], "--AzureWebJobs.Wrong.Disabled=false"));
    }

    [Fact]
    public void All_mistakes_are_listed()
    {
        var message = Mistakes([typeof(NoTrigger), typeof(Several)]);
        foreach (var mistake in new[] { "no parameter has a trigger", "interval 'soon'", "'text' of type String", "%Nightly%" }) Assert.Contains(mistake, message);
        Assert.Equal(4, message.Split('\n').Count(line => line.StartsWith("  - function '", StringComparison.Ordinal)));
    }

    [Fact]
    public void Http_function_without_web_application_is_a_mistake()
    {
        var builder = FunctionsApplication.CreateBuilder(
            [], new FunctionSource(typeof(Same).Assembly) { Types = [typeof(Same)], HostFolder = _folder.Path, SettingsFolder = _folder.Path });
        Assert.Contains("does not call ConfigureFunctionsWebApplication()", Assert.Throws<InvalidOperationException>(builder.Build).Message);
    }
}
