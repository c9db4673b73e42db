using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain.Operations;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Operations;

/// <summary>API of open exceptions: list, sum up, acknowledge, assign, resolve.</summary>
public sealed class OpenExceptions(ExceptionLog exceptions, ExceptionDesk desk, TimeProvider time)
{
    private const string NoteForm = """{"note":"at most 500 characters"}""",
        AssignForm = """{"to":"a name","note":"at most 500 characters"}""";

    /// <summary>
    /// Ordered by due time, 200 per page; the header <c>Link</c> (RFC 8288) has the next page. With a filter the first 200 that fit.
    /// </summary>
    [Function("GetExceptions")]
    [Summary("Lists open exceptions by due time: by type, owner, severity, subject, and whether they are overdue")]
    [Answers(200, typeof(OperationException[]))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/exceptions")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (FilterOf(request) is not { } fits)
            return await Paging.LinkedAsync(request, after => exceptions.OpenAsync(Paging.Size, after, cancellationToken));
        var (found, _) = await exceptions.OpenAsync(fits, cancellationToken);
        return Results.Json(found.OrderByDescending(static e => e.Severity).Take(Paging.Size), Answer.Json);
    }

    [Function("SummarizeExceptions")]
    [Summary("Sums open exceptions up by type and owner")]
    [Answers(200)]
    public async Task<IResult> Summarize(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/exceptions/summary")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (found, whole) = await exceptions.OpenAsync(FilterOf(request) ?? (static _ => true), cancellationToken);
        var now = time.GetUtcNow();
        var groups = found
            .GroupBy(static e => (e.Type, e.Owner))
            .Select(g => new
            {
                g.Key.Type,
                g.Key.Owner,
                exceptions = g.Count(),
                times = g.Sum(static e => e.Count),
                overdue = g.Count(e => e.DueAt < now),
                worst = g.Max(static e => e.Severity),
                firstDueAt = g.Min(static e => e.DueAt),
                units = g.Sum(static e => e.ExposedUnits),
                unassigned = g.Count(static e => e.AssignedTo is null),
            })
            .OrderByDescending(static g => g.worst)
            .ThenBy(static g => g.firstDueAt);
        return Results.Json(new { groups, whole }, Answer.Json);
    }

    [Function("AcknowledgeException")]
    [Summary("Says that an exception is seen")]
    [Accepts(typeof(NoteRequest))]
    [Answers(200, typeof(OperationException))]
    public async Task<IResult> Acknowledge(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/exceptions/{id}/acknowledge")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var note = (await CommandBody.ReadAsync<NoteRequest>(request, NoteForm, cancellationToken)).Checked(needed: false);
        return Results.Json(await desk.AcknowledgeAsync(request.Whole(id), request.Caller().Name, note, cancellationToken), Answer.Json);
    }

    [Function("AssignException")]
    [Summary("Says who works on an exception")]
    [Accepts(typeof(AssignRequest))]
    [Answers(200, typeof(OperationException))]
    public async Task<IResult> Assign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/exceptions/{id}/assign")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var asked = await CommandBody.ReadAsync<AssignRequest>(request, AssignForm, cancellationToken);
        var to = asked.To?.Trim() is { Length: > 0 and <= NoteRequest.LongestName } name ? name : throw CommandBody.Unfit("to", AssignForm);
        var note = new NoteRequest(asked.Note).Checked(needed: false);
        return Results.Json(await desk.AssignAsync(request.Whole(id), to, request.Caller().Name, note, cancellationToken), Answer.Json);
    }

    [Function("ResolveException")]
    [Summary("Closes an exception, with what was done")]
    [Accepts(typeof(NoteRequest))]
    [Answers(200, typeof(OperationException))]
    public async Task<IResult> Resolve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/exceptions/{id}/resolve")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var note = (await CommandBody.ReadAsync<NoteRequest>(request, NoteForm, cancellationToken)).Checked(needed: true)!;
        return Results.Json(await desk.ResolveAsync(request.Whole(id), request.Caller().Name, note, cancellationToken), Answer.Json);
    }

    private Predicate<OperationException>? FilterOf(HttpRequest request)
    {
        var (type, owner, subject) = (
            QueryParameters.Text(request, "type"),
            QueryParameters.Text(request, "owner"),
            QueryParameters.Text(request, "subject")
        );
        var severity = QueryParameters.Named<ExceptionSeverity>(request, "severity");
        var overdue = request.Query["overdue"] is ["true"];
        if (type is null && owner is null && subject is null && severity is null && !overdue)
            return null;
        var now = time.GetUtcNow();
        return e =>
            (type is null || e.Type == type)
            && (owner is null || e.Owner == owner)
            && (subject is null || e.Subject.Contains(subject, StringComparison.OrdinalIgnoreCase))
            && (severity is not { } least || e.Severity >= least)
            && (!overdue || e.DueAt < now);
    }

    internal sealed record AssignRequest(string? To, string? Note);

    internal sealed record NoteRequest(string? Note)
    {
        public const int LongestName = 128;

        private const int Longest = 500;

        public string? Checked(bool needed) =>
            Note?.Trim() switch
            {
                { Length: > Longest } => throw CommandBody.Unfit("note", NoteForm),
                { Length: > 0 } note => note,
                _ => needed ? throw CommandBody.Unfit("note", NoteForm) : null,
            };
    }
}
