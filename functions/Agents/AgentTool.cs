using ModelContextProtocol.Server;
using Stockgate.Domain.Access;
using Stockgate.Functions.Access;

namespace Stockgate.Functions.Agents;

/// <summary>A tool of the Model Context Protocol. It is another way to call a function of the API, under the roles of that function.</summary>
/// <param name="Name">As the assistant calls it.</param>
/// <param name="Function">The HTTP function whose entry in <see cref="RouteRoles"/> says who may call it.</param>
/// <param name="Description">What it does, for the model that chooses among tools.</param>
/// <param name="Run">Its parameters are the tool's arguments.</param>
internal sealed record AgentTool(string Name, string Function, string Description, Delegate Run)
{
    /// <summary>It asks for something; a person decides.</summary>
    public bool Asks { get; init; }

    /// <summary>The function's dry run alone.</summary>
    public bool IsDryRun { get; init; }

    public bool IsFor(Caller caller) => RouteRoles.Table[Function].Allows(caller, IsDryRun);

    public McpServerTool Create() =>
        McpServerTool.Create(
            Run,
            new McpServerToolCreateOptions
            {
                Name = Name,
                Description = Description,
                ReadOnly = !Asks,
                Destructive = false,
                OpenWorld = false,
                SerializerOptions = Answer.Json,
            }
        );
}
