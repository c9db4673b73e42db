using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.DurableTask.Api;

public sealed class NameTests
{
    [Fact]
    public void Two_names_that_differ_in_case_are_equal()
    {
        Assert.Equal(new TaskName("Project"), new TaskName("pROJECT"));
        Assert.Equal(new TaskName("Project").GetHashCode(), new TaskName("pROJECT").GetHashCode());
        Assert.True(new TaskName("a") != new TaskName("b"));
    }

    [Fact]
    public void No_name_is_the_empty_name()
    {
        TaskName none = (string?)null;
        Assert.Equal(default, none);
        Assert.Equal("", none.Name);
        Assert.Equal(none, new TaskName(""));
        Assert.Equal(none.GetHashCode(), new TaskName("").GetHashCode());
    }

    [Fact]
    public void Versions_ignore_case_and_none_is_empty()
    {
        Assert.Equal(new TaskVersion("V1-a"), new TaskVersion("v1-A"));
        Assert.Equal(TaskVersion.Unversioned, new TaskVersion(null));
        Assert.Equal("", TaskVersion.Unversioned.Version);
    }

    [Fact]
    public void A_version_of_a_sub_orchestration_is_the_version_of_its_options()
    {
        var options = new TaskOptions { Version = "2" }.WithInstanceId("child") with { Version = "3" };
        Assert.Equal("child", options.InstanceId);
        Assert.Equal<TaskVersion?>("3", ((TaskOptions)options).Version);
        Assert.Equal("child", new SubOrchestrationOptions((TaskOptions)options).InstanceId);
    }
}
