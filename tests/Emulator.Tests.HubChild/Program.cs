using Stockgate.Emulator.Tests.HubChild;

// work FOLDER SEED   starts orchestrations of every kind until it is killed, and prints what was acknowledged
// finish FOLDER      lets all of them end, and prints how
return args switch
{
    ["work", var folder, var seed] => await Worker.WorkAsync(folder, int.Parse(seed)),
    ["finish", var folder] => await Worker.FinishAsync(folder),
    _ => Usage()
};

static int Usage()
{
    Console.Error.WriteLine("usage: work FOLDER SEED | finish FOLDER");
    return 2;
}
