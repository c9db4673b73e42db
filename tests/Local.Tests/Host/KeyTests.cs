using System.Net;
using System.Text;

namespace Stockgate.Local.Tests.Host;

/// <summary>Who may call what.</summary>
[Collection(HostCollection.Name)]
public sealed class KeyTests(HostFixture fixture)
{
    private const string Management = "/runtime/webhooks/durabletask/instances/none";

    private HostProcess.StoredKeys Keys => fixture.Host.Keys;

    [Fact]
    public async Task Function_level_takes_a_host_key_or_the_master_key()
    {
        Assert.Equal(HttpStatusCode.OK, await Get("/api/guarded", Keys.Default));
        Assert.Equal(HttpStatusCode.OK, await Get("/api/guarded", Keys.Master));
        Assert.Equal(HttpStatusCode.OK, await Get($"/api/guarded?code={Keys.Default}", null));
    }

    [Fact]
    public async Task Admin_level_takes_the_master_key_alone()
    {
        Assert.Equal(HttpStatusCode.OK, await Get("/api/guarded-admin", Keys.Master));
        Assert.Equal(HttpStatusCode.Unauthorized, await Get("/api/guarded-admin", Keys.Default));
    }

    [Fact]
    public async Task A_missing_or_wrong_key_is_401_and_empty()
    {
        using var response = await fixture.Client.GetAsync("/api/guarded");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await Get("/api/guarded", "wrong"));
    }

    [Fact]
    public async Task The_header_beats_the_query()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await Get($"/api/guarded?code={Keys.Default}", "wrong"));
        Assert.Equal(HttpStatusCode.OK, await Get("/api/guarded?code=wrong", Keys.Default));
    }

    [Fact]
    public async Task Admin_is_401_without_a_key_403_with_a_host_key_and_200_with_the_master_key()
    {
        using var response = await fixture.Client.GetAsync("/admin/host/status");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, await Get("/admin/host/status", Keys.Default));
        Assert.Equal(HttpStatusCode.OK, await Get("/admin/host/status", Keys.Master));
        Assert.Equal(HttpStatusCode.OK, await Get("/admin/functions", Keys.Master));
    }

    [Fact]
    public async Task The_root_and_the_ping_are_open()
    {
        Assert.Equal(HttpStatusCode.OK, await Get("/", null));
        Assert.Equal(HttpStatusCode.OK, await Get("/admin/host/ping", null));
    }

    [Fact]
    public async Task Running_a_function_by_hand_is_202_and_needs_a_JSON_content_type()
    {
        Assert.Equal(HttpStatusCode.Accepted, await Post("/admin/functions/Yearly", "application/json"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await Post("/admin/functions/Yearly", "text/plain"));
        Assert.Equal(HttpStatusCode.NotFound, await Post("/admin/functions/NoSuch", "application/json"));
        await Patience.UntilAsync(() => fixture.Journal("Yearly").Length > 0, "the function ran");
    }

    [Fact]
    public async Task Management_takes_the_system_key_or_the_master_key()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await Get(Management, null));
        Assert.Equal(HttpStatusCode.Forbidden, await Get(Management, Keys.Default));
        Assert.Equal(HttpStatusCode.NotFound, await Get(Management, Keys.Master));
        Assert.Equal(HttpStatusCode.NotFound, await Get($"{Management}?code={Keys.Durabletask_extension}", null));
    }

    private async Task<HttpStatusCode> Get(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        using var response = await fixture.Client.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> Post(string path, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("{}", Encoding.UTF8, type) };
        request.Headers.Add("x-functions-key", Keys.Master);
        using var response = await fixture.Client.SendAsync(request);
        return response.StatusCode;
    }
}
