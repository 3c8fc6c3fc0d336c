// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/process.h"

#include "core/pause.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shardhelm {

namespace {

/// Everything the child needs, laid out before fork(): between fork and exec only async-signal-safe calls are allowed.
class Image
{
public:
    explicit Image(const Program &program)
        : m_path(QFile::encodeName(program.path))
        , m_folder(QFile::encodeName(program.folder))
        , m_user(program.user)
    {
        m_words.push_back(m_path);
        for (const QString &argument : program.arguments)
            m_words.push_back(QFile::encodeName(argument));
        m_settings = {"PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME=/", "LC_ALL=C.UTF-8", "LANGUAGE=C"};
        // The server's log and initdb follow the time zone of the person, like every other program.
        if (qEnvironmentVariableIsSet("TZ"))
            m_settings.push_back("TZ=" + qgetenv("TZ"));
        for (const QString &setting : program.settings) {
            const QByteArray bytes = QFile::encodeName(setting);
            const QByteArray name = bytes.first(bytes.indexOf('=') + 1);
            std::erase_if(m_settings, [&name](const QByteArray &other) { return other.startsWith(name); });
            m_settings.push_back(bytes);
        }
        for (QByteArray &word : m_words)
            m_argv.push_back(word.data());
        m_argv.push_back(nullptr);
        for (QByteArray &setting : m_settings)
            m_envp.push_back(setting.data());
        m_envp.push_back(nullptr);
    }

    /// Turns the calling (forked) process into the program; writes errno to `report` when that fails.
    [[noreturn]] void become(int in, int out, int err, int report)
    {
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD})
            std::signal(number, SIG_DFL);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0 && takeUser()
            && chdir(m_folder.constData()) == 0) {
            umask(077);
            // Whatever a library opened without close-on-exec stays ours; best effort on kernels older than 5.11.
            close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
            execve(m_path.constData(), m_argv.data(), m_envp.data());
        }
        tell(report, errno);
        _exit(127);
    }

    /// Gives up root for the program's user; true when there is nothing to give up or it is given up already.
    bool takeUser()
    {
        if (!m_user || geteuid() == m_user->uid)
            return true;
        const gid_t group = m_user->gid;
        return setgroups(1, &group) == 0 && setgid(group) == 0 && setuid(m_user->uid) == 0;
    }

    /// Has the kernel end this process when the thread that forked it is gone, so that not even SIGKILL of ours leaves
    /// initdb and its like behind. Changing the user clears that wish, hence it comes first.
    void endWithParent()
    {
        if (takeUser())
            prctl(PR_SET_PDEATHSIG, SIGTERM);
    }

    /// Sends one number to the parent. A lost one shows there as an early end of the pipe.
    static void tell(int report, qint64 number)
    {
        const ssize_t written = write(report, &number, sizeof number);
        static_cast<void>(written);
    }

private:
    QByteArray m_path;
    QByteArray m_folder;
    std::optional<SystemUser> m_user;
    std::vector<QByteArray> m_words;
    std::vector<QByteArray> m_settings;
    std::vector<char *> m_argv;
    std::vector<char *> m_envp;
};

/// A file descriptor that closes itself.
class Descriptor
{
public:
    explicit Descriptor(int number = -1)
        : m_number(number)
    {
    }
    ~Descriptor() { close(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    void close()
    {
        if (m_number >= 0)
            ::close(m_number);
        m_number = -1;
    }
    void reset(int number)
    {
        close();
        m_number = number;
    }
    [[nodiscard]] int get() const { return m_number; }

private:
    int m_number;
};

struct Pipe
{
    Descriptor read;
    Descriptor write;

    bool open()
    {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0)
            return false;
        read.reset(ends[0]);
        write.reset(ends[1]);
        return true;
    }
};

Failure systemFailure(ErrorCode code, const QString &subject, int number)
{
    return fail(code, subject, QString::fromLocal8Bit(std::strerror(number)));
}

/// Reads one number that a child sends through `Image::tell`; nullopt at the end of the pipe.
std::optional<qint64> numberFrom(int descriptor)
{
    qint64 number = 0;
    ssize_t got = 0;
    do {
        got = read(descriptor, &number, sizeof number);
    } while (got < 0 && errno == EINTR);
    return got == sizeof number ? std::optional(number) : std::nullopt;
}

/// Appends what can be read now; false at the end of the stream.
bool drain(int descriptor, QByteArray &into)
{
    std::array<char, 16384> buffer{};
    for (;;) {
        const ssize_t got = read(descriptor, buffer.data(), buffer.size());
        if (got > 0)
            into.append(buffer.data(), got);
        else if (got == 0)
            return false;
        else if (errno != EINTR)
            return errno == EAGAIN;
    }
}

/// Ends a process group that we started: politely, then for good, and collects its leader.
void endGroup(pid_t leader)
{
    kill(-leader, SIGTERM);
    const Wait grace = Wait::forDuration(Milliseconds(2000));
    int status = 0;
    while (waitpid(leader, &status, WNOHANG) == 0) {
        if (!pauseFor(Milliseconds(10), grace)) {
            kill(-leader, SIGKILL);
            waitpid(leader, &status, 0);
            break;
        }
    }
    kill(-leader, SIGKILL);
}

/// The state letter of /proc/<pid>/stat; 'X', the kernel's letter for dead, without such a process.
char processState(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 'X';
    // It follows the name, which is in parentheses and may itself hold any character.
    const QByteArray text = status.readAll();
    const qsizetype name = text.lastIndexOf(')');
    return name >= 0 && name + 2 < text.size() ? text.at(name + 2) : 'X';
}

} // namespace

std::optional<SystemUser> SystemUser::named(const QString &name)
{
    passwd entry{};
    passwd *found = nullptr;
    std::array<char, 16384> buffer{};
    if (getpwnam_r(name.toLocal8Bit().constData(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return std::nullopt;
    return SystemUser{name, found->pw_uid, found->pw_gid};
}

std::optional<SystemUser> SystemUser::numbered(uid_t uid)
{
    passwd entry{};
    passwd *found = nullptr;
    std::array<char, 16384> buffer{};
    if (getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return std::nullopt;
    return SystemUser{QString::fromLocal8Bit(found->pw_name), found->pw_uid, found->pw_gid};
}

Result<ProgramOutput> runProgram(const Program &program, const Wait &wait)
{
    Image image(program);
    Pipe out;
    Pipe err;
    Pipe report;
    const Descriptor null(open("/dev/null", O_RDWR | O_CLOEXEC));
    if (null.get() < 0 || !out.open() || !err.open() || !report.open())
        return systemFailure(ErrorCode::ProgramMissing, program.path, errno);

    const pid_t child = fork();
    if (child < 0)
        return systemFailure(ErrorCode::ProgramMissing, program.path, errno);
    if (child == 0) {
        // A group of its own: Ctrl+C in the terminal reaches us alone, and we end the whole group.
        setpgid(0, 0);
        image.endWithParent();
        image.become(null.get(), out.write.get(), err.write.get(), report.write.get());
    }
    setpgid(child, child);
    out.write.close();
    err.write.close();
    report.write.close();
    if (const auto number = numberFrom(report.read.get())) {
        waitpid(child, nullptr, 0);
        return systemFailure(ErrorCode::ProgramMissing, program.path, static_cast<int>(*number));
    }
    fcntl(out.read.get(), F_SETFL, O_NONBLOCK);
    fcntl(err.read.get(), F_SETFL, O_NONBLOCK);

    ProgramOutput result;
    int status = 0;
    bool ended = false;
    while (!ended) {
        if (wait.stopRequested() || wait.expired()) {
            endGroup(child);
            return fail(wait.stopRequested() ? ErrorCode::Cancelled : ErrorCode::TimedOut, program.path,
                        QString::fromUtf8(result.err).trimmed());
        }
        // A slice at most, for the stop token, and because a grandchild may hold the pipes open past the program's end.
        constexpr Milliseconds slice(20);
        if (out.read.get() >= 0 || err.read.get() >= 0) {
            std::array<pollfd, 2> polled{pollfd{out.read.get(), POLLIN, 0}, pollfd{err.read.get(), POLLIN, 0}};
            poll(polled.data(), polled.size(), static_cast<int>(std::min(slice, wait.remaining()).count()));
        } else {
            pauseFor(Milliseconds(2), wait);
        }
        ended = waitpid(child, &status, WNOHANG) == child;
        if (out.read.get() >= 0 && !drain(out.read.get(), result.out))
            out.read.close();
        if (err.read.get() >= 0 && !drain(err.read.get(), result.err))
            err.read.close();
    }
    result.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

Result<qint64> startDetached(const Program &program, const QString &logFile)
{
    Image image(program);
    const QByteArray log = QFile::encodeName(logFile);
    Pipe report;
    const Descriptor null(open("/dev/null", O_RDWR | O_CLOEXEC));
    if (null.get() < 0 || !report.open())
        return systemFailure(ErrorCode::ProgramMissing, program.path, errno);

    // Two forks: the program becomes nobody's child of ours, so that it is never left behind as our zombie.
    const pid_t child = fork();
    if (child < 0)
        return systemFailure(ErrorCode::ProgramMissing, program.path, errno);
    if (child == 0) {
        setsid();
        const pid_t grandchild = fork();
        if (grandchild != 0)
            _exit(grandchild > 0 ? 0 : 127);
        Image::tell(report.write.get(), getpid());
        int output = -1;
        if (image.takeUser())
            output = open(log.constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (output < 0) {
            Image::tell(report.write.get(), errno);
            _exit(127);
        }
        image.become(null.get(), output, output, report.write.get());
    }
    report.write.close();
    waitpid(child, nullptr, 0);
    const auto pid = numberFrom(report.read.get());
    if (!pid)
        return systemFailure(ErrorCode::ProgramMissing, program.path, EAGAIN);
    if (const auto number = numberFrom(report.read.get()))
        return systemFailure(ErrorCode::ProgramMissing, program.path, static_cast<int>(*number));
    return *pid;
}

bool processAlive(qint64 pid)
{
    const char state = processState(pid);
    return state != 'Z' && state != 'X';
}

bool processFrozen(qint64 pid)
{
    return processState(pid) == 'T';
}

std::vector<qint64> processesIn(const QString &folder)
{
    const QString wanted = QFileInfo(folder).canonicalFilePath();
    std::vector<qint64> pids;
    if (wanted.isEmpty())
        return pids;
    const QStringList entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &entry : entries) {
        bool isPid = false;
        const qint64 pid = entry.toLongLong(&isPid);
        if (isPid && QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(pid)) == wanted && processAlive(pid))
            pids.push_back(pid);
    }
    return pids;
}

} // namespace shardhelm
