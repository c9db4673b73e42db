using Microsoft.Extensions.Time.Testing;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>
/// A clock that stands still until told. It begins at the machine's time: the client compares times of locks with its own clock.
/// </summary>
internal sealed class FakeTime() : FakeTimeProvider(TimeProvider.System.GetUtcNow());
