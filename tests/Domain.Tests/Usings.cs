global using FsCheck;
global using FsCheck.Fluent;
global using Stockgate.Domain.Catalog;
global using Stockgate.Domain.Ingest;
global using Stockgate.Domain.Inventory;
global using Stockgate.Domain.Operations;
global using Stockgate.Domain.Orders;
global using Stockgate.TestSupport;
