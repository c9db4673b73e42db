namespace Stockgate.Local.Tests.Host;

/// <summary>A folder for one test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stockgate-host-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
