using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

public abstract partial class TablesCompliance
{
    [ServiceFact]
    public async Task Table_is_created_listed_and_deleted()
    {
        var name = $"t{Guid.NewGuid():N}";
        Assert.Equal(name, (await Service.CreateTableAsync(name)).Value.Name);
        FormattableString filter = $"TableName eq {name}";
        Assert.Equal(name, Assert.Single(await AllAsync(Service.QueryAsync(filter))).Name);
        Assert.Equal(name, Assert.Single(Service.Query(filter)).Name);
        Assert.Equal(name, Assert.Single(Service.Query(table => table.Name == name)).Name);
        Assert.Equal(204, (await Service.DeleteTableAsync(name)).Status);
        Assert.Empty(Service.Query($"TableName eq '{name}'"));
    }

    [ServiceFact]
    public async Task Table_that_exists_is_a_conflict_and_none_with_if_not_exists()
    {
        await using var table = await NewTableAsync();
        await FailsAsync(409, "TableAlreadyExists", () => table.Client.CreateAsync());
        Assert.Equal(409, (await table.Client.CreateIfNotExistsAsync()).GetRawResponse().Status);
        Assert.Equal(table.Client.Name, Service.CreateTableIfNotExists(table.Client.Name).Value.Name);
    }

    [ServiceFact]
    public async Task Deleting_a_table_that_is_not_there_is_no_error()
    {
        Assert.Equal(404, (await Service.DeleteTableAsync("t0nobody")).Status);
        Assert.Equal(404, Service.GetTableClient("t0nobody").Delete().Status);
    }

    [ServiceFact]
    public async Task Tables_are_listed_page_by_page()
    {
        await using var first = await NewTableAsync();
        await using var second = await NewTableAsync();
        await using var third = await NewTableAsync();
        var pages = Service.Query(maxPerPage: 2).AsPages().ToList();
        Assert.True(pages.Count >= 2);
        Assert.Equal(2, pages[0].Values.Count);
        var names = pages.SelectMany(page => page.Values).Select(item => item.Name).ToList();
        Assert.All([first, second, third], table => Assert.Contains(table.Client.Name, names));
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [ServiceFact]
    public async Task Client_knows_its_names_and_uris()
    {
        await using var table = await NewTableAsync();
        Assert.Equal(Service.AccountName, table.Client.AccountName);
        Assert.Equal($"{Service.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{table.Client.Name}", table.Client.Uri.ToString());
    }

    [ServiceFact]
    public async Task Writing_to_a_table_that_is_not_there_fails()
    {
        var nobody = Service.GetTableClient("t0nobody");
        await FailsAsync(404, "TableNotFound", () => nobody.AddEntityAsync(Row("p", "r")));
        await Assert.ThrowsAsync<TableTransactionFailedException>(() => nobody.SubmitTransactionAsync([new(TableTransactionActionType.Add, Row("p", "r"))]));
    }
}
