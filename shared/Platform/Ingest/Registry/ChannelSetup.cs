namespace Stockgate.Platform.Ingest.Registry;

/// <summary>A channel as it is set up: usable, or with mistakes.</summary>
/// <param name="Name">In the URL.</param>
/// <param name="Options">As it was described; null where that can't be read.</param>
/// <param name="Channel">Null where there are mistakes.</param>
/// <param name="Mistakes">What is wrong, without a secret; for the log and the API of channels, and never for a sender.</param>
public sealed record ChannelSetup(string Name, ChannelOptions? Options, Channel? Channel, IReadOnlyList<string> Mistakes);
