namespace Stockgate.Local.Run;

/// <summary>A problem of the local setup. The message is one line for the console with the problem and its fix.</summary>
public sealed class LocalSetupException(string message, Exception? inner = null) : Exception(message, inner);
