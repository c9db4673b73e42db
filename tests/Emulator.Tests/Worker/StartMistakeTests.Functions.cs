using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Emulator.Tests.Worker;

public sealed partial class StartMistakeTests
{
    private const string Name = "Wrong", Connection = WorkerHost.Connection;

    private sealed class NoTrigger { [Function(Name)] public void Run(string text) { } }

    private sealed class TwoTriggers { [Function(Name)] public void Run([HttpTrigger] HttpRequest request, [TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class AsyncVoid { [Function(Name)] public async void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) => await Task.Yield(); }

    private sealed class Generic { [Function(Name)] public void Run<T>([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class GenericClass<T> { [Function(Name)] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class ByRef { [Function(Name)] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer, ref int count) { } }

    private abstract class Abstract { [Function(Name)] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class NotPublic { [Function(Name)] internal void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class NoName { [Function(" ")] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class NoConstructor
    {
        private NoConstructor() { }

        [Function(Name)] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { }
    }

    private sealed class UnboundHttp { [Function(Name)] public void Run([HttpTrigger] HttpRequest request, TimeProvider clock) { } }

    private sealed class UnboundRoute { [Function(Name)] public void Run([HttpTrigger("get", Route = "times/{clock}")] HttpRequest request, TimeProvider clock) { } }

    private sealed class UnboundTimer { [Function(Name)] public void Run([TimerTrigger("0 0 3 * * *")] string text) { } }

    private sealed class UnboundMessage { [Function(Name)] public void Run([ServiceBusTrigger("plain", Connection = Connection)] string text, TimeProvider clock) { } }

    private sealed class SessionActionsWithoutSessions
    {
        [Function(Name)] public void Run([ServiceBusTrigger("plain", Connection = Connection)] string text, ServiceBusSessionMessageActions session) { }
    }

    private sealed class BadRoute { [Function(Name)] public void Run([HttpTrigger("get", Route = "stock/{sku")] HttpRequest request) { } }

    private sealed class UnknownConstraint { [Function(Name)] public void Run([HttpTrigger("get", Route = "stock/{sku:colour}")] HttpRequest request, string sku) { } }

    private sealed class BadCron { [Function(Name)] public void Run([TimerTrigger("every morning")] TimerInfo timer) { } }

    private sealed class MissingScheduleSetting { [Function(Name)] public void Run([TimerTrigger("%Nightly%")] TimerInfo timer) { } }

    private sealed class MissingQueueSetting { [Function(Name)] public void Run([ServiceBusTrigger("%Queue%", Connection = Connection)] string text) { } }

    private sealed class MissingConnection { [Function(Name)] public void Run([ServiceBusTrigger("plain", Connection = "Nowhere")] string text) { } }

    private sealed class DefaultConnection { [Function(Name)] public void Run([ServiceBusTrigger("plain")] string text) { } }

    private sealed class OtherConnection { [Function(Name)] public void Run([ServiceBusTrigger("plain", Connection = "Bus")] string text) { } }

    private sealed class UnknownQueue { [Function(Name)] public void Run([ServiceBusTrigger("nowhere", Connection = Connection)] string text) { } }

    private sealed class UnknownSubscription { [Function(Name)] public void Run([ServiceBusTrigger("news", "nobody", Connection = Connection)] string text) { } }

    private sealed class SessionsMissing { [Function(Name)] public void Run([ServiceBusTrigger("sessions", Connection = Connection)] string text) { } }

    private sealed class SessionsTooMany { [Function(Name)] public void Run([ServiceBusTrigger("plain", Connection = Connection, IsSessionsEnabled = true)] string text) { } }

    private sealed class BatchWithoutArray
    {
        [Function(Name)] public void Run([ServiceBusTrigger("plain", Connection = Connection, IsBatched = true)] ServiceBusReceivedMessage message) { }
    }

    private sealed class RetryNoDuration { [Function(Name), FixedDelayRetry(3, "soon")] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class RetryOutOfRange { [Function(Name), FixedDelayRetry(3, "00:99:00")] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class RetryDays { [Function(Name), FixedDelayRetry(3, "5")] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class RetryNegative { [Function(Name), ExponentialBackoffRetry(3, "-00:00:05", "00:01:00")] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class RetryUpsideDown { [Function(Name), ExponentialBackoffRetry(3, "00:05:00", "00:01:00")] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class RetryCount { [Function(Name), FixedDelayRetry(-2, "00:00:05")] public void Run([TimerTrigger("0 0 3 * * *")] TimerInfo timer) { } }

    private sealed class Same { [Function("Same")] public void Run([HttpTrigger] HttpRequest request) { } }

    private sealed class SameInCapitals { [Function("SAME")] public void Run([HttpTrigger] HttpRequest request) { } }

    private sealed class Reads
    {
        [Function("Reads")] public void Run([HttpTrigger("get", "post", Route = "stock/{sku}/lines")] HttpRequest request, string sku) { }

        [Function("Writes")] public void Write([HttpTrigger("put", Route = "stock/{sku}/lines")] HttpRequest request, string sku) { }
    }

    private sealed class ReadsToo { [Function("ReadsToo")] public void Run([HttpTrigger("GET", Route = "Stock/{id}/lines")] HttpRequest request, string id) { } }

    private sealed class Several
    {
        [Function("Several"), FixedDelayRetry(3, "soon")] public void Run([TimerTrigger("%Nightly%")] TimerInfo timer, string text) { }
    }
}
