// The program's own calls for files: they do what the C library's do, and note it.
#include "tests/reliability/power_cut.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace sekisho::tests {
namespace {

PowerCut* at_work = nullptr;

}  // namespace

// What the calls below have done.
struct Noted {
  static bool Below(const char* path, std::string& name) {
    const std::filesystem::path whole = std::filesystem::absolute(path);
    name = whole.filename().string();
    return at_work != nullptr && whole.parent_path() == at_work->folder_;
  }
  static void Moment() { at_work->moments_.push_back(at_work->Now()); }

  static void Open(const char* path, int flags, int fd) {
    if (at_work == nullptr || fd < 0) return;
    std::string name;
    if (std::filesystem::path(path) == at_work->folder_) at_work->folder_open_.push_back(fd);
    if (!Below(path, name)) return;
    if (!at_work->now_.contains(name)) {
      at_work->contents_.emplace_back();
      at_work->Name({"", name, at_work->contents_.size() - 1});
    }
    at_work->open_[fd] = at_work->now_[name];
    if ((flags & O_TRUNC) != 0) at_work->ContentOf(fd)->now.clear();
    Moment();
  }
  static void Write(int fd, const void* bytes, ssize_t size) {
    PowerCut::Content* const content = at_work == nullptr ? nullptr : at_work->ContentOf(fd);
    if (content == nullptr || size <= 0) return;
    content->now.append(static_cast<const char*>(bytes), static_cast<size_t>(size));
    Moment();
  }
  static void Cut(int fd, size_t size) {
    PowerCut::Content* const content = at_work == nullptr ? nullptr : at_work->ContentOf(fd);
    if (content == nullptr) return;
    content->now.resize(size);
    Moment();
  }
  static void Sync(int fd) {
    if (at_work == nullptr) return;
    if (PowerCut::Content* const content = at_work->ContentOf(fd); content != nullptr) {
      content->lasting = content->now;
    } else if (std::ranges::find(at_work->folder_open_, fd) != at_work->folder_open_.end()) {
      at_work->lasting_ = at_work->now_;
      at_work->pending_.clear();
    }
    Moment();
  }
  static void Close(int fd) {
    if (at_work == nullptr) return;
    at_work->open_.erase(fd);
    std::erase(at_work->folder_open_, fd);
  }
  static void Rename(const char* from, const char* to) {
    std::string old_name, new_name;
    if (!Below(from, old_name) || !Below(to, new_name)) return;
    at_work->Name({old_name, new_name});
    Moment();
  }
};

PowerCut::PowerCut(std::string folder) : folder_(std::move(folder)) {
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    now_[file.path().filename().string()] = contents_.size();
    contents_.push_back({bytes, bytes});
  }
  lasting_ = now_;
  moments_.push_back(Now());
  at_work = this;
}
PowerCut::~PowerCut() { at_work = nullptr; }

PowerCut::Content* PowerCut::ContentOf(int fd) {
  const auto it = open_.find(fd);
  return it == open_.end() ? nullptr : &contents_[it->second];
}

void PowerCut::Apply(const Change& change, Names& names) {
  const size_t content = change.from.empty() ? change.content : names[change.from];
  names.erase(change.from);
  if (!change.to.empty()) names[change.to] = content;
}

void PowerCut::Name(Change change) {
  Apply(change, now_);
  pending_.push_back(std::move(change));
}

std::vector<Files> PowerCut::Now() const {
  std::vector<Files> all;
  Names names = lasting_;
  for (size_t changes = 0;; ++changes) {
    std::vector<Files> disks(1);  // with so many changes of names
    for (const auto& [name, number] : names) {
      const Content& content = contents_[number];
      std::vector<std::string> may = {content.now};
      if (content.now != content.lasting) {
        may.push_back(content.lasting);
        may.push_back(content.now.substr(0, (content.lasting.size() + content.now.size()) / 2));
      }
      std::vector<Files> more;
      for (const Files& disk : disks) {
        for (const std::string& bytes : may) (more.emplace_back(disk))[name] = bytes;
      }
      disks = std::move(more);
    }
    all.insert(all.end(), disks.begin(), disks.end());
    if (changes == pending_.size()) return all;
    Apply(pending_[changes], names);
  }
}

}  // namespace sekisho::tests

using sekisho::tests::Noted;

namespace {

template <class Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

#pragma GCC visibility push(default)  // the C++ library shall find them, too
extern "C" {

int open(const char* path, int flags, ...) {
  static const auto real = Real<int(const char*, int, ...)>("open");
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  const int fd = real(path, flags, mode);
  Noted::Open(path, flags, fd);
  return fd;
}
ssize_t write(int fd, const void* bytes, size_t size) {
  static const auto real = Real<ssize_t(int, const void*, size_t)>("write");
  // In pieces, as the system may.
  const ssize_t written = real(fd, bytes, std::min<size_t>(size, 1000));
  Noted::Write(fd, bytes, written);
  return written;
}
int ftruncate(int fd, off_t size) noexcept {
  static const auto real = Real<int(int, off_t)>("ftruncate");
  const int status = real(fd, size);
  if (status == 0) Noted::Cut(fd, static_cast<size_t>(size));
  return status;
}
int fsync(int fd) {
  static const auto real = Real<int(int)>("fsync");
  const int status = real(fd);
  if (status == 0) Noted::Sync(fd);
  return status;
}
int fdatasync(int fd) {
  static const auto real = Real<int(int)>("fdatasync");
  const int status = real(fd);
  if (status == 0) Noted::Sync(fd);
  return status;
}
int close(int fd) {
  static const auto real = Real<int(int)>("close");
  Noted::Close(fd);
  return real(fd);
}
int rename(const char* from, const char* to) noexcept {
  static const auto real = Real<int(const char*, const char*)>("rename");
  const int status = real(from, to);
  if (status == 0) Noted::Rename(from, to);
  return status;
}

}  // extern "C"
#pragma GCC visibility pop
