using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions.Cases;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Records;

namespace Stockgate.Platform.Promotions.Requests;

/// <summary>Accepts requests about promotions: validates and stores them; the promotion's orchestration executes them.</summary>
public sealed class PromotionDesk(
    PromotionStore store,
    PromotionIdempotency idempotency,
    PromotionCommands commands,
    PromotionGating gating,
    PromotionRows rows,
    PromotionQuestions questions,
    CatalogReader catalog,
    OutboundChannels channels,
    DecisionLog decisions,
    TimeProvider time
)
{
    private const int SlugCharacters = 40,
        EditTries = 20;

    private static readonly TimeSpan LongestOverride = TimeSpan.FromDays(30);

    /// <param name="body">A <see cref="PromotionRequest"/> in JSON.</param>
    /// <param name="idempotencyKey">
    /// The caller's own; the same key and requester make one promotion, however often it is sent, and so does the same request under
    /// another key while that promotion is not over. Null: every request makes one.
    /// </param>
    /// <param name="by">Who asks: takes the place of what the request says.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">The request can't be gated; every field at fault is named.</exception>
    public async Task<PromotionRecord> SubmitAsync(
        ReadOnlyMemory<byte> body,
        string? idempotencyKey,
        string by,
        CancellationToken cancellationToken
    )
    {
        var (request, now) = (Read(body, by), time.GetUtcNow());
        var id = idempotencyKey is null
            ? IdOf(request.Name, Guid.NewGuid().ToString())
            : await idempotency.IdOfAsync(request, idempotencyKey, IdOf(request.Name, $"{by}\n{idempotencyKey}"), cancellationToken);
        if (await store.FindAsync(id, cancellationToken) is { } there)
            return there.Record;
        var terms = await TermsAsync(request, 1, by, now, cancellationToken);
        var record = new PromotionRecord
        {
            Id = id,
            Name = request.Name,
            RequestedBy = by,
            CreatedAt = now,
            Start = terms.Start,
            End = terms.End,
        };
        // Two concurrent requests with one key: the loser returns the winner's promotion.
        return await store.AddAsync(record, terms, cancellationToken) ? record : (await store.GetAsync(id, cancellationToken)).Record;
    }

    public async Task<PromotionRecord> FindAsync(PromotionId promotion, CancellationToken cancellationToken) =>
        (await store.FindAsync(promotion, cancellationToken))?.Record
        ?? throw new ProblemException(
            StatusCodes.Status404NotFound,
            "unknown-promotion",
            "Not found",
            $"Unknown promotion '{promotion}'. GET /api/v1/promotions lists them.",
            "id"
        );

    /// <summary>Keeps a command that the promotion's state allows.</summary>
    public async Task CommandAsync(
        PromotionId promotion,
        PromotionCommandKind kind,
        string? reason,
        string by,
        CancellationToken cancellationToken
    )
    {
        var record = await FindAsync(promotion, cancellationToken);
        Allow(record, kind);
        await commands.GiveAsync(
            promotion,
            new PromotionCommand
            {
                Kind = kind,
                By = by,
                Reason = Reason(reason),
                At = time.GetUtcNow(),
            },
            cancellationToken
        );
    }

    /// <summary>New terms for a promotion that is not with the channels yet.</summary>
    public async Task<int> EditAsync(
        PromotionId promotion,
        ReadOnlyMemory<byte> body,
        string? reason,
        string by,
        CancellationToken cancellationToken
    )
    {
        var asked = Read(body, by);
        var record = await FindAsync(promotion, cancellationToken);
        Allow(record, PromotionCommandKind.Edit);
        var request = asked with { RequestedBy = record.RequestedBy };
        return await ChangeAsync(
            record,
            PromotionCommandKind.Edit,
            number => TermsAsync(request, number, by, time.GetUtcNow(), cancellationToken),
            Reason(reason),
            by,
            cancellationToken
        );
    }

    /// <summary>
    /// A later end. The gates that look at the end are judged first: a promotion that is live is not extended into a blackout or another
    /// promotion.
    /// </summary>
    public async Task<int> ExtendAsync(PromotionId promotion, DateTime end, string? reason, string by, CancellationToken cancellationToken)
    {
        var record = await FindAsync(promotion, cancellationToken);
        Allow(record, PromotionCommandKind.Extend);
        var before = await store.TermsAsync(promotion, record.Terms, cancellationToken);
        var request = before.Request with { Window = before.Request.Window with { End = end } };
        Refuse(request.Check());
        var window = Resolve(request);
        if (window.End <= before.End)
            throw Unfit("end", $"must be after {before.End:u}; to shorten the promotion, end it");
        if (record.State is PromotionState.Live or PromotionState.Paused)
        {
            // Keeps the announced number, because the channels are live.
            var judged = await gating.TryAsync(record, before with { Request = request, End = window.End }, cancellationToken);
            if (
                judged.Open.FirstOrDefault(static v =>
                    v is { State: GateState.Red, Gate: GateNames.Window or GateNames.Conflicts or GateNames.Stock }
                ) is
                { } red
            )
                throw new ProblemException(
                    StatusCodes.Status409Conflict,
                    "gates-not-green",
                    "Not extendable",
                    $"{red.Gate}: {red.Reason} {red.TurnsGreen}",
                    "end"
                );
        }
        return await ChangeAsync(
            record,
            PromotionCommandKind.Extend,
            number => Task.FromResult(before with { Number = number, Request = request, End = window.End, By = by, At = time.GetUtcNow() }),
            Reason(reason),
            by,
            cancellationToken
        );
    }

    /// <summary>A person's yes or no in a role, for the terms that they saw.</summary>
    public async Task DecideAsync(
        PromotionId promotion,
        string role,
        int terms,
        bool approved,
        string? reason,
        string by,
        CancellationToken cancellationToken
    )
    {
        var record = await FindAsync(promotion, cancellationToken);
        if (string.Equals(by, record.RequestedBy, StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "own-promotion",
                "Own promotion",
                $"{by} requested this promotion, so another person has to decide."
            );
        if (terms != record.Terms)
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "terms-changed",
                "The terms changed",
                $"You saw terms {terms}; terms {record.Terms} are in force now. Review them and decide again.",
                "terms"
            );
        if (
            record.State
            is not (PromotionState.Draft or PromotionState.Gating or PromotionState.AwaitingApproval or PromotionState.Scheduled)
        )
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "not-open",
                "Nothing to decide",
                $"The promotion is {EnumWords.Of(record.State)}.",
                null
            );
        var given = new GivenApproval(role, by, time.GetUtcNow(), terms, approved, "the promotions API");
        await KeepAsync(
            promotion,
            new PromotionInput { Approval = given },
            approved ? $"approved as {role}" : $"refused as {role}",
            by,
            approved && string.IsNullOrWhiteSpace(reason) ? "" : Reason(reason),
            $"terms {terms}",
            cancellationToken
        );
    }

    /// <summary>Overrides a gate until a time.</summary>
    public async Task OverrideAsync(
        PromotionId promotion,
        string gate,
        string? reason,
        DateTimeOffset? expiresAt,
        string by,
        CancellationToken cancellationToken
    )
    {
        var (record, now) = (await FindAsync(promotion, cancellationToken), time.GetUtcNow());
        var until = Check(gate, expiresAt, now);
        if (string.Equals(by, record.RequestedBy, StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "own-promotion",
                "Own promotion",
                $"{by} requested this promotion, so another person has to override the gate."
            );
        await KeepAsync(
            promotion,
            new PromotionInput { Override = new GateOverride(gate, by, record.RequestedBy, Reason(reason), now, until) },
            $"overrode {gate}",
            by,
            Reason(reason),
            $"until {until:u}",
            cancellationToken
        );
    }

    /// <summary>Asks a gate owner, by mail, to take a gate upon themselves.</summary>
    /// <returns>The question.</returns>
    public async Task<CaseId> AskOverrideAsync(
        PromotionId promotion,
        string gate,
        string? reason,
        DateTimeOffset? expiresAt,
        string by,
        CancellationToken cancellationToken
    )
    {
        var record = await FindAsync(promotion, cancellationToken);
        var until = Check(gate, expiresAt, time.GetUtcNow());
        if (!questions.Reaches(Role.GateOwner))
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "role-needed",
                "Not allowed",
                $"This needs the role {Role.GateOwner}, and no person with this role has a mail address (People__NAME__Email)."
            );
        if (
            (await gating.BoardAsync(promotion, cancellationToken))?.Verdicts.FirstOrDefault(v => v.Gate == gate)
            is not { State: not GateState.Green } verdict
        )
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "gate-green",
                "Nothing to override",
                $"The gate {gate} does not block the promotion.",
                "gate"
            );
        var asked = questions.Override(record, verdict, Reason(reason), until, by);
        await questions.OpenAsync(asked, cancellationToken);
        return asked.Id;
    }

    private static DateTimeOffset Check(string gate, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (!GateNames.All.Contains(gate))
            throw Unfit("gate", $"'{gate}' is not a gate; use one of {string.Join(", ", GateNames.All)}");
        if (!GateNames.CanBeOverridden(gate) || gate == GateNames.Approval)
            throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "gate-final",
                "Not overridable",
                $"The gate {gate} can't be overridden: {(gate == GateNames.Approval ? "have the promotion approved" : "change the promotion until the gate is green")}.",
                "gate"
            );
        return expiresAt is not { } until || until <= now || until > now + LongestOverride
            ? throw Unfit("expiresAt", $"must be in the future and within {LongestOverride.TotalDays:0} days")
            : until;
    }

    /// <summary>
    /// A planner's approval of an order for a region's shortage. The supplier's confirmation names the purchase order's number.
    /// </summary>
    public async Task<ReplenishmentOrder> OrderAsync(
        PromotionId promotion,
        Sku sku,
        RegionId region,
        decimal? units,
        string by,
        CancellationToken cancellationToken
    )
    {
        await FindAsync(promotion, cancellationToken);
        if (
            (await gating.ShortfallsAsync(promotion, cancellationToken)).FirstOrDefault(s => s.Sku == sku && s.Region == region)
            is not { } lacking
        )
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "nothing-short",
                "Nothing to order",
                $"{region} was not short of {sku} when the gates were last judged.",
                "sku"
            );
        var ordered = units ?? lacking.ToOrder.Value;
        if (ordered is <= 0 or > Limits.Number)
            throw Unfit("units", "must be above zero");
        var number = $"{promotion}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{sku}\n{region}")).AsSpan(0, 4))}";
        var order = new ReplenishmentOrder(number, sku, region, new Quantity(ordered), by, time.GetUtcNow());
        await KeepAsync(
            promotion,
            new PromotionInput { Order = order },
            $"ordered {ordered} of {sku} for {region}",
            by,
            $"{lacking.Missing} units missing",
            number,
            cancellationToken
        );
        return order;
    }

    private async Task KeepAsync(
        PromotionId promotion,
        PromotionInput input,
        string decision,
        string by,
        string reason,
        string value,
        CancellationToken cancellationToken
    )
    {
        // Recorded on the audit chain first, so that every input of a gate is on it.
        await decisions.AppendAsync(
            new DecisionRecord
            {
                Subject = PromotionStore.SubjectOf(promotion),
                DecidedAt = time.GetUtcNow(),
                Decision = decision,
                DecidedBy = by,
                Inputs = [new DecisionInput("reason", reason, by, null), new DecisionInput("about", value, "the request", null)],
            },
            cancellationToken
        );
        await rows.PutAsync(promotion, input.Key, input, PromotionRowsJson.Default.PromotionInput, cancellationToken);
    }

    private async Task<int> ChangeAsync(
        PromotionRecord record,
        PromotionCommandKind kind,
        Func<int, Task<PromotionTerms>> terms,
        string reason,
        string by,
        CancellationToken cancellationToken
    )
    {
        // A taken number belongs to a concurrent edit, or to one that crashed.
        for (var number = record.Terms + 1; number <= record.Terms + EditTries; number++)
        {
            if (!await store.AddTermsAsync(record.Id, await terms(number), cancellationToken))
                continue;
            await commands.GiveAsync(
                record.Id,
                new PromotionCommand
                {
                    Kind = kind,
                    By = by,
                    Reason = reason,
                    At = time.GetUtcNow(),
                    Terms = number,
                },
                cancellationToken
            );
            return number;
        }
        throw new ProblemException(
            StatusCodes.Status409Conflict,
            "many-edits",
            "Too many edits at once",
            "Other requests are changing this promotion. Read it again and retry.",
            null
        );
    }

    private async Task<PromotionTerms> TermsAsync(
        PromotionRequest request,
        int number,
        string by,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var window = Resolve(request);
        if (window.End <= now)
            throw Unfit("window.end", "is in the past; give a window that ends in the future");
        for (var i = 0; i < request.Channels.Count; i++)
            if (channels.Find(request.Channels[i]) is null)
                throw Unfit(
                    $"channels[{i}]",
                    $"'{request.Channels[i]}' is not a channel; the channels are {string.Join(", ", channels.All.Select(static c => c.Id))}"
                );
        return new PromotionTerms
        {
            Number = number,
            Request = request,
            Items = await ItemsAsync(request, cancellationToken),
            Start = window.Start,
            End = window.End,
            By = by,
            At = now,
        };
    }

    // A category is expanded once, here; later additions were neither priced nor approved.
    private async Task<IReadOnlyList<Sku>> ItemsAsync(PromotionRequest request, CancellationToken cancellationToken)
    {
        if (request.Categories.Count == 0)
            return request.Items;
        var items = request.Items.ToHashSet();
        items.UnionWith(
            (await catalog.InCategoriesAsync(request.Categories.ToHashSet(StringComparer.Ordinal), cancellationToken)).Select(
                static product => product.Sku
            )
        );
        items.ExceptWith(request.ExcludedItems);
        if (items.Count == 0)
            throw Unfit("categories", "hold no product of the catalog");
        return items.Count <= PromotionLimits.Skus
            ? [.. items.OrderBy(static sku => sku.Value, StringComparer.Ordinal)]
            : throw Unfit("categories", $"hold {items.Count} items; a promotion has at most {PromotionLimits.Skus}");
    }

    private static UtcWindow Resolve(PromotionRequest request) =>
        request.Window.Resolve(
            TimeZones.TryFind(request.Window.TimeZone, out var zone) ? zone : throw Unfit("window.timeZone", "is not known")
        );

    private static PromotionRequest Read(ReadOnlyMemory<byte> body, string by)
    {
        // The requester is the signed-in person, regardless of the body.
        var request = JsonBody.Read(
            body,
            PromotionsJson.Default.PromotionRequest,
            static mistake => Unfit(mistake.Field, mistake.Reason)
        ) with
        {
            RequestedBy = by,
        };
        Refuse(request.Check());
        return request;
    }

    private static void Refuse(IReadOnlyList<Rejection> found)
    {
        if (found.Count > 0)
            throw Unfit(
                found[0].Field,
                string.Join("; ", found.Take(20).Select(static (f, i) => i == 0 ? f.Reason : $"{f.Field} {f.Reason}"))
                    + (found.Count > 20 ? $"; and {found.Count - 20} more" : "")
            );
    }

    private static void Allow(PromotionRecord record, PromotionCommandKind kind)
    {
        if (PromotionCommands.Mistake(record, kind) is { } mistake)
            throw new ProblemException(StatusCodes.Status409Conflict, "not-in-this-state", "Not in this state", mistake, null);
    }

    private static string Reason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? throw Unfit("reason", "is required")
        : reason.Length > Limits.Text ? throw Unfit("reason", $"has {reason.Length} characters; at most {Limits.Text} are allowed")
        : reason.Trim();

    private static ProblemException Unfit(string field, string reason) =>
        new(StatusCodes.Status400BadRequest, "unfit-promotion", "Invalid request", $"{field} {reason}.", field);

    // Readable in a link, a blob's name and a log, and as long as the shortest of these allows.
    private static PromotionId IdOf(string name, string key)
    {
        var slug = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        var shown = slug.ToString()[..Math.Min(slug.Length, SlugCharacters)].Trim('-');
        return new PromotionId(
            $"{(shown.Length == 0 ? "promotion" : shown)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 5))}"
        );
    }
}
