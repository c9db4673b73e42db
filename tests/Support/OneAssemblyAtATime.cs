using System.Runtime.CompilerServices;
using Stockgate.Local.Run;

namespace Stockgate.TestSupport;

/// <summary>
/// Test assemblies that start Azurite, hosts and apps take turns. <c>dotnet test</c> runs all assemblies of the solution side by side,
/// which on two cores is more than any patience allows for. The turn ends with the process.
/// </summary>
internal static class OneAssemblyAtATime
{
    private static FileStream? turn;

#pragma warning disable CA2255 // There is no other moment that is before every test of an assembly and outside of its time-outs.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void TakeTurn()
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root(), ".stockgate")).FullName, "tests.lock");
        for (var waiting = new ManualResetEventSlim(); turn is null; waiting.Wait(TimeSpan.FromMilliseconds(500)))
        {
            try
            {
                turn = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
            }
            catch (IOException)
            {
                // Another assembly has it.
            }
        }
    }
}
