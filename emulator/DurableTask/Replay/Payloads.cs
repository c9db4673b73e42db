using Microsoft.DurableTask;

namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>Turns values to text and back, with errors that say whose value it was.</summary>
internal static class Payloads
{
    /// <exception cref="InvalidOperationException">The converter can't write the value; the message names <paramref name="what"/>.</exception>
    public static string? Write(DataConverter converter, object? value, string what)
    {
        if (value is null) return null;
        try
        {
            return converter.Serialize(value);
        }
        catch (Exception unfit)
        {
            throw new InvalidOperationException($"{what} can't be serialized: a value of type {value.GetType().Name}. {Said(unfit)} Pass plain data: records of numbers, texts, dates and lists.", unfit);
        }
    }

    /// <exception cref="InvalidOperationException">The text doesn't fit the type; the message names <paramref name="what"/>.</exception>
    public static object? Read(DataConverter converter, string? text, Type type, string what)
    {
        // No value at all is the type's default, whatever the converter makes of null.
        if (text is null) return type.IsValueType ? Activator.CreateInstance(type) : null;
        try
        {
            return converter.Deserialize(text, type);
        }
        catch (Exception unfit)
        {
            throw Unreadable(what, type, unfit);
        }
    }

    public static InvalidOperationException Unreadable(string what, Type type, Exception unfit) =>
        new($"{what} doesn't deserialize to {type.Name}: {Said(unfit)} Make the types of sender and receiver agree.", unfit);

    private static string Said(Exception e) => TaskFailureDetails.FromException(e).ErrorMessage;
}
