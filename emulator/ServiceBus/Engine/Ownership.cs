using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.ServiceBus.Engine;

/// <summary>One process owns a broker's file. The operating system drops the claim when the process ends, however it ends.</summary>
internal static class Ownership
{
    public static FileStream Take(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new ServiceBusException(
                $"{path} is in use by another process. One process owns a broker's file: " +
                "stop the other one, or give this one a file of its own with DataFile= in the connection string.",
                ServiceBusFailureReason.ServiceCommunicationProblem, innerException: e);
        }
    }
}
