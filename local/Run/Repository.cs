namespace Stockgate.Local.Run;

/// <summary>The checkout that this program was built in.</summary>
public static class Repository
{
    /// <summary>The folder that holds Serverless.sln.</summary>
    /// <exception cref="LocalSetupException">The program runs somewhere else.</exception>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Serverless.sln")))
                return folder.FullName;
        throw new LocalSetupException("Run this from a checkout of the repository, such as with 'dotnet run --project demo'.");
    }
}
