using Stockgate.Demo.Local;
using Stockgate.Local.Run;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Settings;

public class SettingsMistakeTests
{
    [Fact]
    public async Task An_app_with_mistakes_in_its_settings_names_all_of_them_and_does_not_start()
    {
        var folder = Directory.CreateTempSubdirectory("stockgate-e2e-");
        try
        {
            await using var azurite = await AzuriteProcess.StartAsync(SharedData.RepositoryRoot);
            var settings = AppSettings.For(Path.Combine(folder.FullName, "state"), Ports.Free(), azurite.ConnectionString);
            settings.Environment["Forecasts__Horizon"] = "soon";
            settings.Environment["People__Mia__Roles"] = "merchandizer";

            await Assert.ThrowsAsync<LocalSetupException>(() => LocalApp.StartAsync(settings));

            var log = await File.ReadAllTextAsync(Directory.GetFiles(settings.StateFolder, "app.log").Single());
            Assert.Contains("2 settings are invalid:", log, StringComparison.Ordinal);
            Assert.Contains("Forecasts__Horizon is 'soon'; give 1 to 182 days.", log, StringComparison.Ordinal);
            Assert.Contains("did you mean 'merchandiser'?", log, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
