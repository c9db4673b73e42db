namespace Stockgate.Local.Host.Settings;

/// <summary>An error that stops the host. The message is one line for the console.</summary>
internal sealed class HostFault(string message, Exception? inner = null) : Exception(message, inner);
