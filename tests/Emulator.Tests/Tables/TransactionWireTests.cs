using System.Net;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>Transactions as they go over the wire, in the form of the samples in "Performing entity group transactions" (Table service REST API).</summary>
public sealed partial class TransactionWireTests
{
    private const string Begin = "--batchresponse_a\r\nContent-Type: multipart/mixed; boundary=changesetresponse_b\r\n\r\n",
        Part = "--changesetresponse_b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n",
        End = "--changesetresponse_b--\r\n--batchresponse_a--\r\n";

    [Fact]
    public async Task Request_is_a_batch_of_one_changeset()
    {
        var captured = new Captured(HttpStatusCode.Forbidden);
        await Assert.ThrowsAsync<RequestFailedException>(() => Table(captured).SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity("p'q", "ü") { ["A"] = "ü" }),
            new(TableTransactionActionType.UpdateMerge, new TableEntity("p'q", "b/c"), new ETag("W/\"1\"")),
            new(TableTransactionActionType.UpsertReplace, new TableEntity("p'q", "d")),
            new(TableTransactionActionType.Delete, new TableEntity("p'q", "e")),
        ]));
        var (method, uri, headers, body) = captured.Requests.Single();
        Assert.Equal(("POST", "https://shop.table.core.windows.net/$batch"), (method, uri.AbsoluteUri));
        Assert.Matches("^multipart/mixed; boundary=batch_", headers["Content-Type"]);
        Assert.Equal(
            """
            --batch_1
            Content-Type: multipart/mixed; boundary=changeset_1

            --changeset_1
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            POST https://shop.table.core.windows.net/orders HTTP/1.1
            Prefer: return-no-content
            Accept: application/json;odata=minimalmetadata
            Content-Type: application/json;odata=nometadata
            DataServiceVersion: 3.0

            {"PartitionKey":"p'q","RowKey":"ü","A":"ü"}
            --changeset_1
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            PATCH https://shop.table.core.windows.net/orders(PartitionKey='p%27%27q',RowKey='b%2Fc') HTTP/1.1
            If-Match: W/"1"
            Accept: application/json;odata=minimalmetadata
            Content-Type: application/json;odata=nometadata
            DataServiceVersion: 3.0

            {"PartitionKey":"p'q","RowKey":"b/c"}
            --changeset_1
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            PUT https://shop.table.core.windows.net/orders(PartitionKey='p%27%27q',RowKey='d') HTTP/1.1
            Accept: application/json;odata=minimalmetadata
            Content-Type: application/json;odata=nometadata
            DataServiceVersion: 3.0

            {"PartitionKey":"p'q","RowKey":"d"}
            --changeset_1
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            DELETE https://shop.table.core.windows.net/orders(PartitionKey='p%27%27q',RowKey='e') HTTP/1.1
            If-Match: *
            Accept: application/json;odata=minimalmetadata
            DataServiceVersion: 3.0


            --changeset_1--
            --batch_1--

            """.ReplaceLineEndings("\r\n"),
            AnyGuid().Replace(body, "1"));
    }

    [Fact]
    public async Task Answer_of_the_service_is_read()
    {
        var ok = Part + "HTTP/1.1 204 No Content\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-cache\r\nPreference-Applied: return-no-content\r\nDataServiceVersion: 3.0;\r\nETag: W/\"datetime'2026-11-21T03%3A04%3A05.1234567Z'\"\r\n\r\n\r\n";
        var deleted = Part + "HTTP/1.1 204 No Content\r\nX-Content-Type-Options: nosniff\r\nDataServiceVersion: 1.0;\r\n\r\n\r\n";
        var answers = (await SubmitAsync(Begin + ok + deleted + End)).Value;
        Assert.Equal([204, 204], answers.Select(answer => answer.Status));
        Assert.Equal(new ETag("W/\"datetime'2026-11-21T03%3A04%3A05.1234567Z'\""), answers[0].Headers.ETag);
        Assert.Null(answers[1].Headers.ETag);
        Assert.True(answers[0].Headers.TryGetValue("preference-applied", out var applied));
        Assert.Equal("return-no-content", applied);
    }

    [Fact]
    public async Task Refusal_of_the_service_is_read()
    {
        var refused = Part + "HTTP/1.1 409 Conflict\r\nX-Content-Type-Options: nosniff\r\nDataServiceVersion: 3.0;\r\nContent-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8\r\n\r\n" +
            "{\"odata.error\":{\"code\":\"EntityAlreadyExists\",\"message\":{\"lang\":\"en-US\",\"value\":\"57:The specified entity already exists.\\nRequestId:1\\nTime:2026\"}}}\r\n";
        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => SubmitAsync(Begin + refused + End));
        Assert.Equal((409, "EntityAlreadyExists", 57), (error.Status, error.ErrorCode, error.FailedTransactionActionIndex));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>proxy</html>")]
    [InlineData(Begin + End)]
    [InlineData(Begin + Part + "HTTP/1.1 20")]
    public async Task Answer_that_cannot_be_read_says_that_the_outcome_is_unknown(string body) =>
        Assert.Contains("outcome is not known", (await Assert.ThrowsAsync<RequestFailedException>(() => SubmitAsync(body))).Message);

    private static Task<Response<IReadOnlyList<Response>>> SubmitAsync(string answer) =>
        Table(new Captured(HttpStatusCode.Accepted) { Answer = answer }).SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", "r"))]);

    private static TableClient Table(Captured captured) =>
        new(new Uri("https://shop.table.core.windows.net"), "orders", new TableSharedKeyCredential("shop", "a2V5"), new TableClientOptions { Transport = captured.Transport });

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex AnyGuid();
}
