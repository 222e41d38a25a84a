// sekisho classify: a file of items through the threads, in their order, to standard output.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <thread>

#include "plugins/cli/commands.h"
#include "plugins/cli/pipeline.h"
#include "plugins/cli/record.h"

namespace sekisho::cli {

namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

size_t TerminalWidth() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 150;
}

std::unique_ptr<RowWriter> MakeWriter(OutputFormat format) {
  if (format == OutputFormat::kJsonl) return MakeJsonlWriter();
  if (format == OutputFormat::kCsv) return MakeCsvWriter();
  const bool terminal = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  return MakeTableWriter(terminal, TerminalWidth());
}

// Standard output; false once it cannot be written.
bool Put(const std::string& text) { return std::fwrite(text.data(), 1, text.size(), stdout) == text.size(); }

// A line on the terminal for work that takes its time, when the results go elsewhere.
class Progress {
 public:
  explicit Progress(Clock::time_point start)
      : start_(start), last_(start), on_(isatty(STDERR_FILENO) != 0 && isatty(STDOUT_FILENO) == 0) {}
  ~Progress() {
    if (shown_) std::fprintf(stderr, "\r\x1b[K");
  }
  void Show(uint64_t items) {
    if (!on_ || SecondsSince(last_) < 0.5) return;
    last_ = Clock::now();
    shown_ = true;
    std::fprintf(stderr, "\r%llu items, %.0f s", static_cast<unsigned long long>(items), SecondsSince(start_));
  }

 private:
  Clock::time_point start_, last_;
  bool on_, shown_ = false;
};

int Finish(const RowReader& reader, const Tally& total) {
  if (!reader.error().empty()) return Fault(reader.error());
  return total.errors > 0 ? kExitSomeBad : kExitOk;
}

int WriteFault() {
  if (errno == EPIPE) return kExitUsage;  // whoever closed the pipe knows
  return Fault(std::string("cannot write the output: ") + std::strerror(errno));
}

// The decision log, if one is asked for.
class Recorder {
 public:
  explicit Recorder(const ClassifyOptions& options) : options_(options) {}
  // Empty, or what is wrong.
  std::string Begin(const sekisho_taxonomy_info& taxonomy) {
    if (options_.record.empty()) return "";
    if (std::string error = log_.Open(options_.record); !error.empty()) return error;
    if (log_.repaired() > 0) {
      std::fprintf(stderr, "sekisho: %s: its last line was not whole, %llu bytes: cut off\n", options_.record.c_str(),
                   static_cast<unsigned long long>(log_.repaired()));
    }
    return log_.Append({Dump(RunBody(options_, taxonomy, options_.record_text, log_.repaired()))});
  }
  // Any thread.
  void Note(Batch& batch, const Header& header, const Row& row, const Judged& judged) const {
    if (!options_.record.empty()) batch.records.push_back(Dump(ItemBody(header, row, judged, options_.record_text)));
  }
  // False, with error() set, when the decisions are not on the disk.
  bool Keep(const std::vector<std::string>& records) {
    if (!options_.record.empty()) error_ = log_.Append(records);
    return error_.empty();
  }
  bool End(const Tally& tally) { return Keep({Dump(EndBody(tally))}); }
  const std::string& error() const { return error_; }

 private:
  const ClassifyOptions& options_;
  LogWriter log_;
  std::string error_;
};

}  // namespace

int Classify(const ClassifyOptions& options) {
  std::string error;
  const Taxonomy taxonomy = LoadTaxonomy(options, error);
  if (taxonomy == nullptr) return Fault(error);
  const size_t threads = options.threads > 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  std::deque<Judge> judges;
  for (size_t i = 0; i < threads && error.empty(); ++i)
    judges.emplace_back(taxonomy, options.lists, options.limits, options.defaults, error);
  if (error.empty()) error = judges.front().CheckDefaults();
  if (!error.empty()) return Fault(error);
  const std::unique_ptr<RowReader> reader = OpenRows(options.file, options.input, error);
  if (reader == nullptr) return Fault(error);
  Recorder recorder(options);
  if (error = recorder.Begin(Describe(taxonomy)); !error.empty()) return Fault(error);

  const Clock::time_point start = Clock::now();
  const std::unique_ptr<RowWriter> writer = MakeWriter(options.output);
  const Header& header = reader->header();
  Progress progress(start);
  Tally total;
  std::string text;
  writer->Begin(header, text);
  bool written = Put(text);
  const auto work = [&](Batch& batch, size_t thread) {
    judges[thread].Run(header, batch.rows, [&](const Row& row, const Judged& judged) {
      batch.tally.Count(judged);
      recorder.Note(batch, header, row, judged);
      writer->Write(header, row, judged, batch.output);
    });
  };
  const auto write = [&](Batch& batch) {
    total.Add(batch.tally);
    written = recorder.Keep(batch.records) && Put(batch.output);  // what is given out is in the log
    progress.Show(total.items);
    return written;
  };
  if (written) Pipeline(*reader, threads).Run(work, write);
  text.clear();
  if (written && reader->error().empty()) written = recorder.End(total);
  if (!recorder.error().empty()) return Fault(recorder.error());
  writer->End(total, SecondsSince(start), Describe(taxonomy), text);
  written = written && Put(text) && std::fflush(stdout) == 0;
  return written ? Finish(*reader, total) : WriteFault();
}

}  // namespace sekisho::cli
