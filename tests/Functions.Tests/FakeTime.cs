using Microsoft.Extensions.Time.Testing;

namespace Stockgate.Functions.Tests;

/// <summary>A clock that stands still until told, at eight in the morning of 1 March 2026.</summary>
internal sealed class FakeTime() : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
