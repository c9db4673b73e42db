namespace Microsoft.DurableTask;

/// <summary>A failure as data: what an exception says once it has left its process.</summary>
/// <param name="ErrorType">The full name of the exception's type.</param>
/// <param name="ErrorMessage">The exception's message.</param>
/// <param name="StackTrace">The exception's stack trace; null when it was never thrown.</param>
/// <param name="InnerFailure">The inner exception; null when there was none.</param>
/// <param name="Properties">Further facts; null when nothing was added.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    private const int MaxDepth = 16;

    /// <summary>
    /// Whether the recorded type is <typeparamref name="T"/> or derives from it. Only this level is looked at: an inner failure is not searched.
    /// A type that is not loaded here is compared by its full name alone.
    /// </summary>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>
    /// Whether the recorded type is this one or derives from it. Only this level is looked at: an inner failure is not searched.
    /// A type that is not loaded here is compared by its full name alone.
    /// </summary>
    /// <exception cref="ArgumentException">The type is no exception.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="targetBaseExceptionType"/> is null.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
            throw new ArgumentException($"The type {targetBaseExceptionType} is no exception; it must derive from {typeof(Exception)}.", nameof(targetBaseExceptionType));
        return string.Equals(ErrorType, targetBaseExceptionType.FullName, StringComparison.Ordinal)
            || targetBaseExceptionType.IsAssignableFrom(ExceptionTypes.Find(ErrorType));
    }

    /// <summary>
    /// The details of an exception and of its inner ones, 16 levels deep at most; of several inner ones (<see cref="AggregateException"/>) the first.
    /// Below a <see cref="TaskFailedException"/> stand the details that it carries. An exception whose own properties throw is described as far as it can be.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return From(exception, MaxDepth)!;
    }

    /// <summary>The type and the message.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    private static TaskFailureDetails? From(Exception? exception, int depth)
    {
        if (exception is null || depth == 0) return null;
        var inner = exception is TaskFailedException failed ? Cut(failed.FailureDetails, depth - 1) : From(exception.InnerException, depth - 1);
        return new(exception.GetType().FullName ?? exception.GetType().Name, Read("message", () => exception.Message) ?? "", Read("stack trace", () => exception.StackTrace), inner, null);
    }

    private static TaskFailureDetails? Cut(TaskFailureDetails? details, int depth) =>
        details is null || depth == 0 ? null : details with { InnerFailure = Cut(details.InnerFailure, depth - 1) };

    private static string? Read(string what, Func<string?> getter)
    {
        try
        {
            return getter();
        }
        catch (Exception e)
        {
            return $"(the {what} could not be read: {e.GetType().FullName})";
        }
    }
}
