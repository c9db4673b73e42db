namespace Stockgate.Local.Run;

/// <summary>
/// Something on this machine is in the way. The message is one line for the person at the console: what is wrong and what to do.
/// </summary>
public sealed class LocalSetupException(string message, Exception? inner = null) : Exception(message, inner);
