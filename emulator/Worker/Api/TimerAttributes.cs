using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function on a schedule.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute : TriggerBindingAttribute
{
    /// <param name="schedule">Six-field NCRONTAB (seconds first), or <c>%Setting%</c> that holds one. UTC.</param>
    public TimerTriggerAttribute(string schedule) => Schedule = schedule;

    public string Schedule { get; }

    /// <summary>Remember the last run, so that one missed while the app was down runs at the next start.</summary>
    public bool UseMonitor { get; set; } = true;

    public bool RunOnStartup { get; set; }
}

/// <summary>What a timer function is told about its run.</summary>
public class TimerInfo
{
    public TimerInfo() { }

    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True where the run is later than the schedule asked for.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>When a timer last ran and runs next, UTC.</summary>
public class ScheduleStatus
{
    public ScheduleStatus() { }

    public DateTime Last { get; set; }

    public DateTime Next { get; set; }

    public DateTime LastUpdated { get; set; }
}
