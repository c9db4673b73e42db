namespace Stockgate.Domain.Forecasting.Files;

/// <summary>An invalid history file. The run fails, because a forecast from a part of the data would look valid.</summary>
/// <param name="file">Its name.</param>
/// <param name="line">The line at fault, from 1; 0 where it is the file as a whole.</param>
/// <param name="words">What is wrong, and what was expected.</param>
/// <param name="inner">What was met underneath.</param>
public sealed class HistoryFileException(string file, int line, string words, Exception? inner = null)
    : Exception(line > 0 ? $"{file}, line {line}: {words}" : $"{file}: {words}", inner)
{
    public string File => file;

    public int Line => line;
}
