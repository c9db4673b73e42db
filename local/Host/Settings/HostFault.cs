namespace Stockgate.Local.Host.Settings;

/// <summary>Something that keeps the host from running. The message is one line for the person at the console.</summary>
internal sealed class HostFault(string message, Exception? inner = null) : Exception(message, inner);
