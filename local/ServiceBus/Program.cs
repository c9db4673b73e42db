using Stockgate.Local.ServiceBus;

return await CommandLine.Run(args);
