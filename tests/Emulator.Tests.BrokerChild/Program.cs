using Stockgate.Emulator.Tests.BrokerChild;

// work FOLDER            sends and settles until it is killed, and prints what was acknowledged
// hold FOLDER            opens the broker, says so, and waits to be killed
// measure FOLDER [count] prints throughput
return args switch
{
    ["work", var folder] => await Worker.Run(folder),
    ["hold", var folder] => await Holder.Run(folder),
    ["measure", var folder, .. var rest] => await Throughput.Run(folder, rest is [var count] ? int.Parse(count) : 500_000),
    _ => Usage()
};

static int Usage()
{
    Console.Error.WriteLine("usage: work|hold|measure FOLDER [count]");
    return 2;
}
